import type { KubeClient } from '../http/KubeClient';
import type { Logger } from '../Logger';
import type { KubeObject, WatchHandler } from './WatchStore';

export interface WatcherOptions<Obj extends KubeObject> {
  readonly client: KubeClient;
  /** Path of the collection, as {@link resourcePath} makes it. */
  readonly path: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly handler: WatchHandler<Obj>;
  readonly logger: Logger;
  /** Objects in one page of a list. */
  readonly pageSize?: number;
  /** Milliseconds without a line after which the watch is opened anew. */
  readonly idleMs?: number;
  /** Milliseconds that a list page or the opening of a watch may take. */
  readonly timeoutMs?: number;
  /** Milliseconds: shortest and longest wait after a failure. */
  readonly backoff?: { readonly min: number; readonly max: number };
  /** From 0 to 1, for the jitter. */
  readonly random?: () => number;
}
