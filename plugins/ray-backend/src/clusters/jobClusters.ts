import { sleep } from '@ml-platform/kube';
import { type JobClusterDirectory } from '@ml-platform/sdk';
import { aborted } from '../util/aborted';
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

/** Waits until every cluster was read or has failed, or the signal aborts. */
export async function firstSync(
  clusters: Clusters,
  signal: AbortSignal,
): Promise<void> {
  const settled = () =>
    clusters.all().every(({ synced, status }) => synced || !status.ok);
  const done = new AbortController();
  const unsubscribe = clusters.subscribe(() => {
    if (settled()) {
      done.abort();
    }
  });
  if (!settled()) {
    await aborted(AbortSignal.any([signal, done.signal]));
  }
  unsubscribe();
}

/** Waits for something, but not for long. */
export async function atMost(
  ms: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  await Promise.race([work(either), sleep(ms, either)]);
  over.abort();
}
