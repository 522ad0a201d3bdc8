import { sleep } from '@ml-platform/kube';
import { type JobClusterDirectory } from '@ml-platform/sdk';
import { Notifier } from '../util/Notifier';
import type { Clusters, ClusterSet } from './Clusters';
import type { ClusterWatcher } from './ClusterWatcher';

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

/** Milliseconds that the start waits for first lists at most, however they grow. */
const LONGEST_SYNC = 120_000;

/**
 * Waits until each cluster was read or has failed, or the signal aborts: for one
 * that says nothing not long, for one that is being read as long as that takes.
 *
 * @param patienceMs - milliseconds without a sign of life of those that are left
 */
export async function firstSync(
  clusters: {
    all(): readonly Pick<ClusterWatcher, 'synced' | 'down' | 'status'>[];
    subscribe: Clusters['subscribe'];
  },
  patienceMs: number,
  signal: AbortSignal,
): Promise<void> {
  const unread = () =>
    clusters.all().filter(({ synced, down }) => !synced && !down);
  const readSoFar = () =>
    unread().reduce((sum, { status }) => sum + (status.progress?.read ?? 0), 0);
  const notifier = new Notifier();
  const unsubscribe = clusters.subscribe(() => notifier.notify());
  await atMost(LONGEST_SYNC, signal, async either => {
    let read: number | undefined;
    while (unread().length > 0 && read !== readSoFar() && !either.aborted) {
      read = readSoFar();
      await atMost(patienceMs, either, async over => {
        while (unread().length > 0 && !over.aborted) {
          await notifier.wait(over);
        }
      });
    }
  });
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
