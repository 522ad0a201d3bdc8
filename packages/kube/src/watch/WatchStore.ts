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

/** Told of every change, in order. */
export interface WatchHandler<Row> {
  /** New, or different from before. */
  upsert(key: string, row: Row): void;
  /** Gone; `row` is what it was last. */
  remove(key: string, row: Row): void;
  /** The store is complete: after the first list and after each relist. */
  synced(): void;
  /** The watch is up, or down with the cause; only when that changes. */
  status(status: WatchStatus): void;
  /**
   * The watch brought something. On a live one that is never long ago: where
   * nothing changes, the server sends a bookmark about once a minute.
   */
  heard?(): void;
}

export interface WatchStatus {
  readonly ok: boolean;
  readonly error?: string;
}

interface Entry<Row> {
  readonly version: string;
  readonly row: Row;
}

/** `<namespace>/<name>`, or the name of a cluster-wide object. */
export function objectKey(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}

/**
 * What a watch knows: a row for each object and the version that it is of. A
 * relist replaces the content by difference, so that nobody ever sees it empty.
 */
export class WatchStore<Obj extends KubeObject, Row> {
  private readonly entries = new Map<string, Entry<Row>>();
  private relisting: Set<string> | undefined;

  constructor(
    private readonly options: {
      readonly toRow: (object: Obj) => Row;
      readonly handler: WatchHandler<Row>;
    },
  ) {}

  get size(): number {
    return this.entries.size;
  }

  rows(): IterableIterator<[string, Row]> {
    const entries = this.entries.entries();
    return (function* rows() {
      for (const [key, entry] of entries) {
        yield [key, entry.row] as [string, Row];
      }
    })();
  }

  beginRelist(): void {
    this.relisting = new Set();
  }

  /** Removes what the finished list did not have, and says that it is synced. */
  endRelist(): void {
    const seen = this.relisting;
    this.relisting = undefined;
    if (seen) {
      for (const [key, entry] of this.entries) {
        if (!seen.has(key)) {
          this.entries.delete(key);
          this.options.handler.remove(key, entry.row);
        }
      }
    }
    this.options.handler.synced();
  }

  put(object: Obj): void {
    const key = objectKey(object);
    this.relisting?.add(key);
    const version = object.metadata.resourceVersion ?? '';
    const known = this.entries.get(key)?.version;
    if (version && (known === version || this.isPast(key, version))) {
      return;
    }
    const row = this.options.toRow(object);
    this.entries.set(key, { version, row });
    this.options.handler.upsert(key, row);
  }

  delete(object: Obj): void {
    const key = objectKey(object);
    const entry = this.entries.get(key);
    this.relisting?.delete(key);
    if (entry && !this.isPast(key, object.metadata.resourceVersion ?? '')) {
      this.entries.delete(key);
      this.options.handler.remove(key, entry.row);
    }
  }

  /**
   * True for what an object was before it became as it is known, which another
   * answer told. A list is believed in any case: a server that was restored from a
   * backup counts from an earlier version.
   */
  private isPast(key: string, version: string): boolean {
    const known = this.entries.get(key)?.version ?? '';
    return !this.relisting && isLaterVersion(known, version);
  }
}
