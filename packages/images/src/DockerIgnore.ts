interface Rule {
  readonly matches: RegExp;
  readonly excludes: boolean;
}

// Docker's patterns are those of Go's filepath.Match, and `**` for any folders.
function toRegExp(pattern: string): RegExp {
  const source = pattern.replace(
    /\*\*\/|\*\*|\*|\?|\[[^\]]*\]|\\.|[.+^${}()|]/g,
    token => {
      switch (token) {
        case '**/':
          return '(?:.*/)?';
        case '**':
          return '.*';
        case '*':
          return '[^/]*';
        case '?':
          return '[^/]';
        default:
          return token.startsWith('[') || token.length > 1
            ? token
            : `\\${token}`;
      }
    },
  );
  // What is below an excluded folder is excluded with it.
  return new RegExp(`^${source}(?:/.*)?$`);
}

function toRule(line: string): Rule | undefined {
  const text = line.trim();
  if (!text || text.startsWith('#')) {
    return undefined;
  }
  const excludes = !text.startsWith('!');
  const pattern = text
    .slice(excludes ? 0 : 1)
    .trim()
    .replace(/^(\.?\/)+/, '')
    .replace(/\/+$/, '');
  return pattern && pattern !== '.'
    ? { matches: toRegExp(pattern), excludes }
    : undefined;
}

/**
 * The rules of a `.dockerignore`: anchored at the root, the last that matches
 * decides.
 *
 * Source: Docker's documentation, "Build context, .dockerignore files".
 */
export class DockerIgnore {
  readonly #rules: readonly Rule[];

  constructor(text: string) {
    this.#rules = text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .flatMap(line => toRule(line) ?? []);
  }

  /** True when a file, by its path from the root, stays out of the context. */
  excludes(path: string): boolean {
    return (
      this.#rules.findLast(({ matches }) => matches.test(path))?.excludes ??
      false
    );
  }
}
