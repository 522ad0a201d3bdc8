import { InputError } from '@backstage/errors';
import { RE2JS } from 're2js';

interface Rule {
  readonly pattern: RE2JS;
  readonly excludes: boolean;
}

// Docker's patterns are those of Go's filepath.Match, and `**` for any folders.
// They come with the workload, so they run on an engine whose time grows with the
// path alone: JavaScript's own needs hours for a few dozen of `**/` or `*`.
function compile(pattern: string): RE2JS {
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
  try {
    return RE2JS.compile(`${source}(?:/.*)?`, RE2JS.DOTALL);
  } catch (error) {
    throw new InputError(
      `The pattern '${pattern}' in .dockerignore is not valid; correct it`,
      error,
    );
  }
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
    ? { pattern: compile(pattern), excludes }
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

  /** @throws {InputError} when a pattern is not valid */
  constructor(text: string) {
    this.#rules = text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .flatMap(line => toRule(line) ?? []);
  }

  /** True when a file, by its path from the root, stays out of the context. */
  excludes(path: string): boolean {
    return (
      this.#rules.findLast(({ pattern }) => pattern.matches(path))?.excludes ??
      false
    );
  }
}
