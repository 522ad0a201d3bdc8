import type { LoggerService } from '@backstage/backend-plugin-api';
import type { KubeObject, WatchHandler, WatchStatus } from '@ml-platform/kube';
import { Notifier } from '../util/Notifier';
import type { ManagementCluster } from './ManagementCluster';

export interface WatchedKindOptions<Obj, Kept> {
  readonly management: ManagementCluster;
  /** Of the collection. */
  readonly path: string;
  /** For people, for example "storages". */
  readonly title: string;
  /** Key of the configuration that names the cluster. */
  readonly setting: string;
  /** What is kept of an object; undefined for one that nobody asks about. */
  readonly keep: (object: Obj) => Kept | undefined;
  readonly logger: LoggerService;
}

/**
 * The objects of one kind on a management cluster, as far as they are needed, with one
 * watch for all viewers. A cluster that can't be asked leaves what is known as it was,
 * and says why of the rest.
 */
export class WatchedKind<
  Obj extends KubeObject,
  Kept,
> implements WatchHandler<Obj> {
  readonly path: string;
  readonly setting: string;
  readonly #options: WatchedKindOptions<Obj, Kept>;
  readonly #known = new Map<string, Kept>();
  readonly #changed = new Notifier();
  #problem: string | undefined;

  /** Call it before the management cluster runs. */
  constructor(options: WatchedKindOptions<Obj, Kept>) {
    this.#options = options;
    this.path = options.path;
    this.setting = options.setting;
    this.#problem = this.#reading;
    options.management.follow(this);
  }

  /** Why nobody can be asked; undefined once all is known. */
  get problem(): string | undefined {
    return this.#problem;
  }

  get #reading(): string {
    const { title, management } = this.#options;
    return `The ${title} of ${management.name} are being read`;
  }

  /** @param key - `<namespace>/<name>` */
  get(key: string): Kept | undefined {
    return this.#known.get(key);
  }

  values(): Iterable<Kept> {
    return this.#known.values();
  }

  /** Resolves at the next change, after the milliseconds, or when the signal aborts. */
  waitFor(ms: number, signal: AbortSignal): Promise<void> {
    return this.#changed.waitFor(ms, signal);
  }

  /** Forgets what is known, because the way to the cluster is another now. */
  reset(): void {
    this.#known.clear();
    this.#problem = this.#reading;
    this.#changed.notify();
  }

  /** Takes why nobody can be asked. */
  fail(problem: string): void {
    this.#report(problem);
  }

  upsert(key: string, object: Obj): void {
    const kept = this.#options.keep(object);
    if (kept !== undefined) {
      this.#known.set(key, kept);
      this.#changed.notify();
    } else {
      this.remove(key);
    }
  }

  remove(key: string): void {
    if (this.#known.delete(key)) {
      this.#changed.notify();
    }
  }

  synced(): void {
    this.#report(undefined);
  }

  status({ ok, error }: WatchStatus): void {
    this.#report(ok ? undefined : (error ?? 'no answer'));
  }

  #report(problem: string | undefined): void {
    const { title, management, logger } = this.#options;
    const text =
      problem && `The ${title} of ${management.name} can't be read: ${problem}`;
    if (text === this.#problem) {
      return;
    }
    this.#problem = text;
    if (text) {
      logger.warn(text);
    }
    this.#changed.notify();
  }
}
