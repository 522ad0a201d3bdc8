import type { JobRef } from '@ml-platform/rayjob';
import pLimit from 'p-limit';
import type { RepositoryFile } from '../read/PullRequestReader';
import type { TreeReader } from '../read/TreeReader';
import { clustersFolder, parseJobManifestPath } from './manifestPath';

/** Folders that are read at the same time. */
const AT_ONCE = 4;

/** The manifest of a job in the repository. */
export interface ManifestFile extends RepositoryFile {
  readonly ref: JobRef;
}

/**
 * Finds the manifests of all jobs at a commit: walks down to the folder of each
 * namespace. What lies beside that way is never read.
 */
export async function readManifests(options: {
  readonly trees: TreeReader;
  readonly commit: string;
  readonly gitopsPath: string;
}): Promise<readonly ManifestFile[]> {
  const { trees, commit, gitopsPath } = options;
  const limited = pLimit(AT_ONCE);
  const top = clustersFolder(gitopsPath);
  const clusters = await trees.folderAt(commit, top);
  if (clusters === undefined) {
    return [];
  }

  async function inNamespace(path: string, sha: string) {
    const entries = await limited(() => trees.entries(sha));
    return entries.flatMap(({ name, kind, sha: fileSha }) => {
      const ref = parseJobManifestPath(`${path}/${name}`, gitopsPath);
      return kind === 'file' && ref
        ? [{ path: `${path}/${name}`, sha: fileSha, ref }]
        : [];
    });
  }

  async function inCluster(path: string, sha: string) {
    const jobs = await limited(() => trees.folderAt(sha, ['jobs']));
    if (jobs === undefined) {
      return [];
    }
    const namespaces = await limited(() => trees.folders(jobs));
    const found = await Promise.all(
      namespaces.map(({ name, sha: folder }) =>
        inNamespace(`${path}/jobs/${name}`, folder),
      ),
    );
    return found.flat();
  }

  const found = await Promise.all(
    (await trees.folders(clusters)).map(({ name, sha }) =>
      inCluster([...top, name].join('/'), sha),
    ),
  );
  return found.flat();
}
