import { InputError } from '@backstage/errors';
import type { JobRef } from '@ml-platform/rayjob';
import { checkRepositoryPath } from './repositoryPath';

/** Folder of the GitOps tree inside the repository, unless the configuration names another. */
export const DEFAULT_GITOPS_PATH = 'gitops';

/** Folder that holds a folder for each cluster, by its parts. */
export function clustersFolder(gitopsPath: string): string[] {
  return [...gitopsPath.split('/').filter(Boolean), 'clusters'];
}

/**
 * Path of a run's manifest inside the GitOps repository; one file for each run.
 * @throws {InputError} when a name doesn't make a plain path
 */
export function jobManifestPath(
  { cluster, namespace, name }: JobRef,
  gitopsPath: string = DEFAULT_GITOPS_PATH,
): string {
  const wrong = [cluster, namespace, name].find(part => part.includes('/'));
  if (wrong !== undefined) {
    throw new InputError(
      `'${wrong}' can't be a part of a path; use a name without a slash`,
    );
  }
  const folder = clustersFolder(gitopsPath).join('/');
  return checkRepositoryPath(
    `${folder}/${cluster}/jobs/${namespace}/${name}.yaml`,
    folder,
  );
}

/** The job that a path is the manifest of, or `undefined` for other files. */
export function parseJobManifestPath(
  path: string,
  gitopsPath: string = DEFAULT_GITOPS_PATH,
): JobRef | undefined {
  const prefix = `${clustersFolder(gitopsPath).join('/')}/`;
  const match = /^([^/]+)\/jobs\/([^/]+)\/([^/]+)\.ya?ml$/.exec(
    path.startsWith(prefix) ? path.slice(prefix.length) : '',
  );
  return match
    ? { cluster: match[1], namespace: match[2], name: match[3] }
    : undefined;
}
