import { ClusterWatcher, type ClusterWatcherOptions } from './ClusterWatcher';

/** The watching of one cluster, for as long as it is reached in the same way. */
export class ClusterRun {
  readonly watcher: ClusterWatcher;
  private readonly stop = new AbortController();
  private running: Promise<void> | undefined;
  private before: ClusterRun | undefined;

  /**
   * @param before - the run of the same cluster that this one takes over from:
   * its jobs stay listed until they are read anew
   */
  constructor(options: ClusterWatcherOptions, before?: ClusterRun) {
    before?.stop.abort();
    // One that could not even ask has no jobs. It is not kept: where a cluster is
    // not found for long, each cause that it is given makes another.
    this.before = before?.watcher.client ? before : before?.before;
    this.watcher = new ClusterWatcher({
      ...options,
      onStatus: () => {
        this.takeOver();
        options.onStatus();
      },
    });
  }

  /** Begins to watch, once. */
  start(signal: AbortSignal): void {
    this.running ??= this.watcher.run(
      AbortSignal.any([signal, this.stop.signal]),
    );
  }

  /** Resolves when it no longer watches. */
  async ended(): Promise<void> {
    await this.before?.ended();
    await this.running;
  }

  /** Stops, and takes the jobs out of the list. */
  async leave(): Promise<void> {
    this.stop.abort();
    await this.ended();
    this.remove();
  }

  /** Removes the jobs that the successor does not have. */
  private remove(successor?: ClusterRun): void {
    this.before?.remove(successor);
    this.watcher.jobs.handOver(successor?.watcher.jobs);
  }

  private takeOver(): void {
    const { before } = this;
    if (before && this.watcher.synced) {
      this.before = undefined;
      before.ended().then(() => before.remove(this));
    }
  }
}
