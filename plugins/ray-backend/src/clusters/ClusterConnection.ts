import type { JobAttempt } from '@ml-platform/rayjob';
import type { JobRunRef } from '../jobs/jobRun';
import { ClusterWatcher, type ClusterWatcherOptions } from './ClusterWatcher';

/** The watching of one cluster, for as long as it is reached in the same way. */
export class ClusterConnection {
  readonly watcher: ClusterWatcher;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #before: ClusterConnection | undefined;

  /**
   * @param before - the same cluster, reached in the way that it was before:
   * its jobs stay listed until they are read anew
   */
  constructor(options: ClusterWatcherOptions, before?: ClusterConnection) {
    if (before) {
      before.#stop.abort();
      // One that could not even ask has no jobs. It is not kept: where a cluster
      // is not found for long, each cause that it is given makes another.
      this.#before = before.watcher.client ? before : before.#before;
    }
    this.watcher = new ClusterWatcher({
      ...options,
      attemptsBefore: ref => {
        const known = this.#before?.attemptsOf(ref) ?? [];
        return known.length > 0 ? known : (options.attemptsBefore?.(ref) ?? []);
      },
      onStatus: () => {
        this.#takeOver();
        options.onStatus();
      },
    });
  }

  /** Begins to watch, once. */
  start(signal: AbortSignal): void {
    this.#running ??= this.watcher.run(
      AbortSignal.any([signal, this.#stop.signal]),
    );
  }

  /** The attempts of a run, as this one or the one before it knows them. */
  attemptsOf(ref: JobRunRef): readonly JobAttempt[] {
    const known = this.watcher.jobs.attemptsOf(ref);
    return known.length > 0 ? known : (this.#before?.attemptsOf(ref) ?? []);
  }

  /** Resolves when it no longer watches. */
  async ended(): Promise<void> {
    await this.#before?.ended();
    await this.#running;
  }

  /** Stops, and takes the jobs out of the list. */
  async leave(): Promise<void> {
    this.#stop.abort();
    await this.ended();
    this.#remove();
  }

  /** Removes the jobs that the successor does not have. */
  #remove(successor?: ClusterConnection): void {
    if (this.#before) {
      this.#before.#remove(successor);
    }
    this.watcher.jobs.handOver(successor?.watcher.jobs);
  }

  #takeOver(): void {
    const before = this.#before;
    if (before && this.watcher.synced) {
      this.#before = undefined;
      before.ended().then(() => before.#remove(this));
    }
  }
}
