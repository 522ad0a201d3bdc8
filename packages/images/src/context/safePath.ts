import { posix } from 'node:path';
import { InputError } from '@backstage/errors';

const MAX_LINKS = 40;

/**
 * The path of an archive's entry, relative and plain.
 * @throws {InputError} when it is absolute, leads outside, or isn't a path
 */
export function safePath(name: string): string {
  const path = posix.normalize(name).replace(/\/+$/, '');
  if (
    posix.isAbsolute(path) ||
    path === '..' ||
    path.startsWith('../') ||
    /[\0\\]/.test(name)
  ) {
    throw new InputError(
      `The build context has ${JSON.stringify(name)}, which is outside of it`,
    );
  }
  return path;
}

/**
 * Follows links as a file system would. Throws InputError where the way leaves
 * the root at any point, or does not end.
 *
 * @param links - targets by the path of the link, relative to the root
 */
export function checkLink(
  link: string,
  links: ReadonlyMap<string, string>,
): void {
  let followed = 0;
  let done: string[] = [];
  const rest = link.split('/');
  while (rest.length > 0) {
    const part = rest.shift();
    if (!part || part === '.') continue;
    if (part === '..') {
      if (done.length === 0) throw outside(link, links);
      done.pop();
      continue;
    }
    const target = links.get([...done, part].join('/'));
    if (target === undefined) {
      done.push(part);
      continue;
    }
    followed += 1;
    if (posix.isAbsolute(target) || followed > MAX_LINKS) {
      throw outside(link, links);
    }
    done = [...done];
    rest.unshift(...target.split('/'));
  }
}

function outside(link: string, links: ReadonlyMap<string, string>): InputError {
  return new InputError(
    `The build context has a link that leads outside of it: ${link} -> ${links.get(link)}. Remove it, or copy the file in.`,
  );
}
