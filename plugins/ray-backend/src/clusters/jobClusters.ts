import { type JobClusterDirectory } from '@ml-platform/sdk';
import type { Clusters, ClusterSet } from './Clusters';

/** The clusters of a directory that hold jobs. */
export function jobClusters(directory: JobClusterDirectory): ClusterSet {
  const { entries, problems, complete } = directory;
  return {
    entries: entries.filter(({ holdsJobs }) => holdsJobs),
    problems,
    complete,
  };
}

/** Keeps the clusters as the directory finds them, until the signal aborts. */
export async function followDirectory(
  directory: JobClusterDirectory,
  clusters: Clusters,
  signal: AbortSignal,
): Promise<void> {
  const unsubscribe = directory.subscribe(() =>
    clusters.update(jobClusters(directory)),
  );
  await directory.run(signal);
  unsubscribe();
}
