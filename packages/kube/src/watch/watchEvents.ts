import type { KubeClient, Query } from '../http/KubeClient';
import { KubernetesError, responseError } from '../http/errors';
import { readLines, StreamBrokenError } from '../http/lines';
import type { KubeObject } from './WatchStore';

/** One line of a watch. */
export type WatchEvent<Obj> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: Obj }
  | {
      readonly type: 'BOOKMARK';
      readonly version: string;
      /** The bookmark after the last of the initial events of a WatchList. */
      readonly initialEventsEnd: boolean;
    };

interface RawEvent {
  readonly type?: string;
  readonly object?: {
    readonly code?: number;
    readonly message?: string;
    readonly metadata?: {
      readonly resourceVersion?: string;
      readonly annotations?: Readonly<Record<string, string>>;
    };
  };
}

export interface WatchRequest {
  readonly client: KubeClient;
  readonly path: string;
  readonly query: Query;
  readonly signal: AbortSignal;
  /** Milliseconds without a line after which the connection counts as dead. */
  readonly idleMs: () => number;
  /** Called when the server has accepted the watch. */
  readonly onOpen?: () => void;
}

function toEvent<Obj extends KubeObject>(line: string): WatchEvent<Obj> {
  let raw: RawEvent;
  try {
    raw = JSON.parse(line);
  } catch {
    throw new StreamBrokenError('The watch sent a line that is no JSON');
  }
  switch (raw.type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      // The API server validated the object; its kind follows from the path.
      return { type: raw.type, object: raw.object as unknown as Obj };
    case 'BOOKMARK':
      return {
        type: 'BOOKMARK',
        version: raw.object?.metadata?.resourceVersion ?? '',
        initialEventsEnd:
          raw.object?.metadata?.annotations?.['k8s.io/initial-events-end'] ===
          'true',
      };
    case 'ERROR':
      throw responseError(raw.object?.code ?? 500, JSON.stringify(raw.object));
    default:
      throw new KubernetesError(`Unknown watch event ${raw.type}`, 500);
  }
}

/**
 * The events of one watch connection, until the server ends it.
 *
 * @throws {ResourceExpiredError} when the version is too old; IdleError after
 * silence; the connection's error when it breaks
 */
export async function* watchEvents<Obj extends KubeObject>(
  request: WatchRequest,
): AsyncGenerator<WatchEvent<Obj>[]> {
  const stream = await request.client.stream({
    path: request.path,
    query: { watch: true, allowWatchBookmarks: true, ...request.query },
    signal: request.signal,
  });
  request.onOpen?.();
  for await (const lines of readLines(stream, { idleMs: request.idleMs })) {
    yield lines.filter(line => line.trim()).map(line => toEvent<Obj>(line));
  }
}
