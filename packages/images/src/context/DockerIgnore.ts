import { posix } from 'node:path';
import { InputError } from '@backstage/errors';
import { RE2JS } from 're2js';

interface Rule {
  readonly pattern: RE2JS;
  readonly excludes: boolean;
}

const WILDCARD = /[*?[\\]/;

// As moby's patternmatcher translates a pattern, also where `**` is not a whole
// segment. Patterns come with the workload, so they run on an engine whose time grows
// with the path alone: JavaScript's own needs hours for a few dozen of `**/` or `*`.
function compile(pattern: string): RE2JS {
  const source = pattern.replace(
    /\*\*\/?|\*|\?|\[[^\]]*\]|\\.|[.+^${}()|]/g,
    (token, offset: number) => {
      if (token === '*') return '[^/]*';
      if (token === '?') return '[^/]';
      if (token.startsWith('**')) {
        const rest = pattern.slice(offset + token.length);
        const ending = offset === 0 && token === '**' && !WILDCARD.test(rest);
        return rest === '' || ending ? '.*' : '(?:.*/)?';
      }
      return token.length > 1 ? token : `\\${token}`;
    },
  );
  try {
    // What is below an excluded folder is excluded with it.
    return RE2JS.compile(`${source}(?:/.*)?`, RE2JS.DOTALL);
  } catch (error) {
    throw new InputError(
      `The pattern '${pattern}' in .dockerignore is not valid; correct it`,
      error,
    );
  }
}

function toRule(line: string): Rule | undefined {
  if (line.startsWith('#')) return undefined;
  const text = line.trim();
  const excludes = !text.startsWith('!');
  const path = text.slice(excludes ? 0 : 1).trim();
  if (!path) return undefined;
  const pattern = posix
    .normalize(path)
    .replace(/(?<=.)\/$/, '')
    .replace(/^\/(?=.)/, '');
  return { pattern: compile(pattern), excludes };
}

/**
 * The rules of a `.dockerignore`: anchored at the root, the last that matches
 * decides. `@balena/dockerignore` has the same rules on JavaScript's own regular
 * expressions, and takes parts of a pattern for one.
 *
 * Source: Docker's documentation, "Build context, .dockerignore files"; moby's
 * patternmatcher.
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
