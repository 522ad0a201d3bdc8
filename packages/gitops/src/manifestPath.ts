import type { JobRef } from '@ml-platform/rayjob';

/** Folder of the GitOps tree inside the repository, unless config says else. */
export const DEFAULT_GITOPS_PATH = 'gitops';

/** Folder that holds the manifests of a cluster's jobs, by namespace. */
export function jobManifestFolder(
  cluster: string,
  gitopsPath: string = DEFAULT_GITOPS_PATH,
): string {
  const root = gitopsPath.replace(/^\/+|\/+$/g, '');
  return `${root ? `${root}/` : ''}clusters/${cluster}/jobs`;
}

/** Path of a run's manifest inside the GitOps repository; one file a run. */
export function jobManifestPath(
  cluster: string,
  namespace: string,
  name: string,
  gitopsPath: string = DEFAULT_GITOPS_PATH,
): string {
  return `${jobManifestFolder(cluster, gitopsPath)}/${namespace}/${name}.yaml`;
}

/** The job that a path is the manifest of, or `undefined` for other files. */
export function parseJobManifestPath(
  path: string,
  gitopsPath: string = DEFAULT_GITOPS_PATH,
): JobRef | undefined {
  const root = gitopsPath.replace(/^\/+|\/+$/g, '');
  const prefix = root ? `${root}/` : '';
  if (!path.startsWith(prefix)) {
    return undefined;
  }
  const match = /^clusters\/([^/]+)\/jobs\/([^/]+)\/([^/]+)\.ya?ml$/.exec(
    path.slice(prefix.length),
  );
  return match
    ? { cluster: match[1], namespace: match[2], name: match[3] }
    : undefined;
}
