import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  queueEntry,
  type KueueLocalQueue,
  type KueueWorkload,
} from '@ml-platform/rayjob';
import {
  Backoff,
  Watcher,
  resourcePath,
  sleep,
  type KubeClient,
  type KubeObject,
} from '@ml-platform/kube';
import { Notifier } from '../util/Notifier';
import type { JobQueues } from './JobQueues';
import { findKueueVersion, kueueLocalQueues, kueueWorkloads } from './kueueApi';
import { localQueueRow } from './localQueueRow';

export interface KueueWatcherOptions {
  readonly client: KubeClient;
  /** Name of the cluster, for the log. */
  readonly cluster: string;
  /** Namespaces that are watched; all where absent. */
  readonly namespaces?: readonly string[];
  readonly queues: JobQueues;
  readonly logger: LoggerService;
  /** Milliseconds: shortest and longest time between two looks for Kueue. */
  readonly lookEvery?: { readonly min: number; readonly max: number };
  /** As {@link Watcher} takes it. */
  readonly backoff?: { readonly min: number; readonly max: number };
}

/** What discovery says: a version, that there is none, or nothing at all. */
type Found =
  | { readonly kueue: 'present'; readonly version: string }
  | { readonly kueue: 'absent' | 'unknown' };

interface Watch {
  readonly relistCount: number;
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Follows the Workloads and LocalQueues of one cluster for as long as Kueue is
 * there. It may come and go, or be out of bounds for the reader: neither is an
 * error of the cluster.
 */
export class KueueWatcher {
  private readonly backoff: Backoff;
  private readonly notifier = new Notifier();
  private watches: readonly Watch[] = [];
  /** Why watches fail, by path. */
  private readonly down = new Map<string, string>();
  private unsynced = 0;
  private said = '';

  constructor(private readonly options: KueueWatcherOptions) {
    this.backoff = new Backoff(
      options.lookEvery ?? { min: 30_000, max: 300_000 },
    );
  }

  /** Full lists after the first, of the watches that run. */
  get relistCount(): number {
    return this.watches.reduce((sum, { relistCount }) => sum + relistCount, 0);
  }

  /** Runs until the signal aborts; never throws. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const found = await this.find(signal);
      if (found.kueue === 'present') {
        this.say('info', `reads queues from Kueue (${found.version})`);
        await this.follow(found.version, signal);
      } else {
        await sleep(this.backoff.next(), signal);
      }
    }
    this.options.queues.stop();
  }

  private async find(signal: AbortSignal): Promise<Found> {
    try {
      const version = await findKueueVersion(this.options.client, signal);
      if (version) {
        return { kueue: 'present', version };
      }
      this.say('debug', 'Kueue is not installed');
      this.options.queues.reset('absent');
      return { kueue: 'absent' };
    } catch (error) {
      if (!signal.aborted) {
        this.say('debug', `can't tell whether Kueue is installed: ${error}`);
      }
      return { kueue: 'unknown' };
    }
  }

  /** Watches one version until it is no longer served. */
  private async follow(version: string, signal: AbortSignal): Promise<void> {
    const { queues, namespaces = [undefined] } = this.options;
    const stop = new AbortController();
    this.down.clear();
    this.watches = namespaces.flatMap(namespace => [
      this.watch<KueueWorkload & KubeObject>({
        path: resourcePath(kueueWorkloads(version), namespace),
        upsert: (key, workload) =>
          queues.putWorkload(key, queueEntry(workload)),
        remove: key => queues.removeWorkload(key),
      }),
      this.watch<KueueLocalQueue & KubeObject>({
        path: resourcePath(kueueLocalQueues(version), namespace),
        upsert: (key, queue) => queues.putLocalQueue(key, localQueueRow(queue)),
        remove: key => queues.removeLocalQueue(key),
      }),
    ]);
    this.unsynced = this.watches.length;
    const running = Promise.all(
      this.watches.map(watch =>
        watch.run(AbortSignal.any([signal, stop.signal])),
      ),
    );
    await this.untilGone(version, signal);
    stop.abort();
    await running;
    this.watches = [];
  }

  private watch<Obj extends KubeObject>(collection: {
    readonly path: string;
    readonly upsert: (key: string, object: Obj) => void;
    readonly remove: (key: string) => void;
  }): Watch {
    const { path, upsert, remove } = collection;
    let first = true;
    return new Watcher<Obj>({
      client: this.options.client,
      path,
      logger: this.options.logger,
      backoff: this.options.backoff,
      handler: {
        upsert,
        remove,
        synced: () => {
          if (first) {
            first = false;
            this.unsynced -= 1;
          }
          if (this.unsynced === 0) {
            this.options.queues.setComplete();
          }
        },
        status: ({ ok, error }) => {
          if (ok) {
            this.down.delete(path);
          } else {
            this.down.set(path, `${error}`);
          }
          this.notifier.notify();
        },
      },
    });
  }

  /**
   * A watch that fails may mean that Kueue was removed, or that it serves another
   * version by now. For any other reason the watches go on by themselves.
   */
  private async untilGone(version: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.down.size === 0) {
        this.backoff.reset();
        await this.notifier.wait(signal);
      } else {
        const found = await this.find(signal);
        if (found.kueue === 'absent') {
          return;
        }
        if (found.kueue === 'present' && found.version !== version) {
          this.options.queues.reset('unknown');
          return;
        }
        const [error] = this.down.values();
        if (found.kueue === 'present' && error) {
          this.say('warn', `queues can't be read: ${error}`);
        }
        await sleep(this.backoff.next(), signal);
      }
    }
  }

  /** Says a thing once, however often it is so. */
  private say(level: 'debug' | 'info' | 'warn', text: string): void {
    if (text !== this.said) {
      this.said = text;
      this.options.logger[level](`${this.options.cluster}: ${text}`);
    }
  }
}
