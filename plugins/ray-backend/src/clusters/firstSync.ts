import type { sleep } from '@ml-platform/kube';
import { atMost } from '../util/atMost';
import { Notifier } from '../util/Notifier';
import type { Clusters } from './Clusters';
import type { ClusterWatcher } from './ClusterWatcher';

/** Milliseconds that the start waits for first lists at most, however they grow. */
const LONGEST_SYNC = 120_000;

export interface FirstSyncOptions {
  readonly clusters: {
    all(): readonly Pick<ClusterWatcher, 'synced' | 'down' | 'status'>[];
    subscribe: Clusters['subscribe'];
  };
  /** Milliseconds without a sign of life of those that are left. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  readonly wait?: typeof sleep;
}

/**
 * Waits until each cluster was read or has failed, or the signal aborts: for one
 * that says nothing not long, for one that is being read as long as that takes.
 */
export async function firstSync(options: FirstSyncOptions): Promise<void> {
  const { clusters, patienceMs, signal, wait } = options;
  const unread = () =>
    clusters.all().filter(({ synced, down }) => !synced && !down);
  const readSoFar = () =>
    unread().reduce((sum, { status }) => sum + (status.progress?.read ?? 0), 0);
  const notifier = new Notifier();
  const unsubscribe = clusters.subscribe(() => notifier.notify());
  const settle = async (either: AbortSignal) => {
    while (unread().length > 0 && !either.aborted) {
      await notifier.wait(either);
    }
  };
  const settleWhileRead = async (either: AbortSignal) => {
    let read: number | undefined;
    while (unread().length > 0 && read !== readSoFar() && !either.aborted) {
      read = readSoFar();
      await atMost(patienceMs, either, settle, wait);
    }
  };
  await atMost(LONGEST_SYNC, signal, settleWhileRead, wait);
  unsubscribe();
}
