import { isLaterVersion } from './isLaterVersion';

/** An object as the API server sends it. */
export interface KubeObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
  };
}

/** Told of every change, in order. It keeps what it needs: the watch does not. */
export interface WatchHandler<Obj> {
  /** New, or different from before. */
  upsert(key: string, object: Obj): void;
  /** Gone. */
  remove(key: string): void;
  /** The store is complete: after the first list and after each relist. */
  synced(): void;
  /** The watch is up, or down with the cause; only when that changes. */
  status(status: WatchStatus): void;
  /**
   * The watch brought something. On a live one that is never long ago: where
   * nothing changes, the server sends a bookmark about once a minute.
   */
  heard?(): void;
  /** How far the first list is. */
  progress?(progress: ListProgress): void;
}

export interface WatchStatus {
  readonly ok: boolean;
  readonly error?: string;
}

/** How far a list is that comes in pieces. */
export interface ListProgress {
  /** Objects so far. */
  readonly read: number;
  /** All that there are, where the server tells. */
  readonly total?: number;
}

/** `<namespace>/<name>`, or the name of a cluster-wide object. */
export function objectKey(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}

/**
 * What a watch knows: which objects there are, each in which version. A relist
 * replaces the content by difference, so that nobody ever sees it empty.
 */
export class WatchStore<Obj extends KubeObject> {
  readonly #versions = new Map<string, string>();
  readonly #handler: WatchHandler<Obj>;
  #relisting: Set<string> | undefined;

  constructor(options: { readonly handler: WatchHandler<Obj> }) {
    this.#handler = options.handler;
  }

  get size(): number {
    return this.#versions.size;
  }

  beginRelist(): void {
    this.#relisting = new Set();
  }

  /** Removes what the finished list did not have, and says that it is synced. */
  endRelist(): void {
    const seen = this.#relisting;
    this.#relisting = undefined;
    if (seen) {
      for (const key of this.#versions.keys()) {
        if (!seen.has(key)) {
          this.#versions.delete(key);
          this.#handler.remove(key);
        }
      }
    }
    this.#handler.synced();
  }

  put(object: Obj): void {
    const key = objectKey(object);
    this.#relisting?.add(key);
    const version = object.metadata.resourceVersion ?? '';
    const known = this.#versions.get(key);
    if (version && (known === version || this.#isPast(key, version))) {
      return;
    }
    this.#versions.set(key, version);
    this.#handler.upsert(key, object);
  }

  delete(object: Obj): void {
    const key = objectKey(object);
    this.#relisting?.delete(key);
    if (
      this.#versions.has(key) &&
      !this.#isPast(key, object.metadata.resourceVersion ?? '')
    ) {
      this.#versions.delete(key);
      this.#handler.remove(key);
    }
  }

  /**
   * True for what an object was before it became as it is known, which another
   * answer told. A list is believed in any case: a server that was restored from a
   * backup counts from an earlier version.
   */
  #isPast(key: string, version: string): boolean {
    const known = this.#versions.get(key) ?? '';
    return !this.#relisting && isLaterVersion(known, version);
  }
}
