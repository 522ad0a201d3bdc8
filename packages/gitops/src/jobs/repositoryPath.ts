import { InputError } from '@backstage/errors';

/**
 * Checks a path inside a repository, which must lie below a folder of it.
 * @returns the path
 * @throws {InputError} when the path leads elsewhere, or git can't hold it
 */
export function checkRepositoryPath(path: string, folder: string): string {
  const root = folder.replace(/^\/+|\/+$/g, '');
  const parts = path.split('/');
  if (
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    /[\\\u0000-\u001f]/.test(path) ||
    parts.some(
      part =>
        part === '' ||
        part === '.' ||
        part === '..' ||
        part.toLowerCase() === '.git',
    )
  ) {
    throw new InputError(
      `'${path}' isn't a plain path inside the repository; write it as folder/file.yaml`,
    );
  }
  if (root && !path.startsWith(`${root}/`)) {
    throw new InputError(
      `'${path}' is outside of ${root}/, the only folder that may be changed here`,
    );
  }
  return path;
}
