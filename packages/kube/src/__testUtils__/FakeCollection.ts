import type { ServerResponse } from 'node:http';
import type { KubeObject } from '../watch/WatchStore';

interface LabelledObject extends KubeObject {
  readonly kind?: string;
  readonly metadata: KubeObject['metadata'] & {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly involvedObject?: { readonly name?: string; readonly kind?: string };
}

interface Change {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: LabelledObject;
}

interface Viewer {
  readonly response: ServerResponse;
  readonly matches: (object: LabelledObject) => boolean;
}

/** Equality and presence selectors, as `a=b,c`. */
function selects(query: URLSearchParams) {
  const labels = (query.get('labelSelector') ?? '').split(',').filter(Boolean);
  const field = query.get('fieldSelector') ?? '';
  return (object: LabelledObject) =>
    labels.every(term => {
      const [name, value] = term.split('=');
      const label = object.metadata.labels?.[name];
      return value === undefined ? label !== undefined : label === value;
    }) &&
    (!field.startsWith('involvedObject.name=') ||
      object.involvedObject?.name === field.split('=')[1]);
}

/** The objects of one kind, with what list and watch need to know of them. */
export class FakeCollection {
  readonly #objects = new Map<string, LabelledObject>();
  readonly #changes: Change[] = [];
  readonly #viewers = new Set<Viewer>();
  readonly #removed = new Map<string, number>();
  #oldest = 0;
  #held: Change[] | undefined;
  #listed: Promise<void> | undefined;

  readonly #nextVersion: () => number;

  constructor(nextVersion: () => number) {
    this.#nextVersion = nextVersion;
  }

  get watchers(): number {
    return this.#viewers.size;
  }

  get(key: string): LabelledObject | undefined {
    return this.#objects.get(key);
  }

  put(object: LabelledObject): LabelledObject {
    const { namespace, name } = object.metadata;
    const key = `${namespace ?? ''}/${name}`;
    const version = this.#nextVersion();
    const times = this.#removed.get(key);
    const stored = {
      ...object,
      metadata: {
        uid: [`uid-${name}`, ...(times ? [times] : [])].join('-'),
        ...object.metadata,
        resourceVersion: String(version),
      },
    };
    const type = this.#objects.has(key) ? 'MODIFIED' : 'ADDED';
    this.#objects.set(key, stored);
    this.#record({ version, type, object: stored });
    return stored;
  }

  delete(key: string): LabelledObject | undefined {
    const object = this.#objects.get(key);
    if (object) {
      const version = this.#nextVersion();
      const metadata = { ...object.metadata, resourceVersion: `${version}` };
      this.#objects.delete(key);
      this.#removed.set(key, (this.#removed.get(key) ?? 0) + 1);
      this.#record({
        version,
        type: 'DELETED',
        object: { ...object, metadata },
      });
    }
    return object;
  }

  /** Changes without any viewer seeing them, then forgets how: 410 for all. */
  expire(version: number): void {
    this.#oldest = version;
    this.#changes.length = 0;
  }

  list(namespace: string | undefined, query: URLSearchParams) {
    const matches = selects(query);
    const all = [...this.#objects.values()].filter(
      object =>
        (!namespace || object.metadata.namespace === namespace) &&
        matches(object),
    );
    const from = Number(query.get('continue') ?? 0);
    const limit = Number(query.get('limit') ?? Infinity);
    const items = all.slice(from, from + limit);
    const remaining = all.length - from - items.length;
    return remaining > 0
      ? { items, next: String(from + items.length), remaining }
      : { items };
  }

  /** Answers a watch and keeps it open. */
  watch(query: URLSearchParams, response: ServerResponse, now: number): void {
    const matches = selects(query);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const viewer = { response, matches };
    if (query.get('sendInitialEvents') === 'true') {
      for (const object of this.#objects.values()) {
        this.#send(viewer, 'ADDED', object);
      }
      const bookmark = {
        type: 'BOOKMARK',
        object: {
          metadata: {
            resourceVersion: String(now),
            annotations: { 'k8s.io/initial-events-end': 'true' },
          },
        },
      };
      if (this.#listed) {
        this.#listed.then(() => write(response, bookmark));
      } else {
        write(response, bookmark);
      }
    } else {
      const since = Number(query.get('resourceVersion') ?? 0);
      if (since < this.#oldest) {
        write(response, {
          type: 'ERROR',
          object: { kind: 'Status', code: 410, message: 'too old' },
        });
        response.end();
        return;
      }
      for (const change of this.#changes) {
        if (change.version > since) {
          this.#send(viewer, change.type, change.object);
        }
      }
    }
    this.#viewers.add(viewer);
    response.on('close', () => this.#viewers.delete(viewer));
  }

  /** Streaming lists do not say that they are complete until the answer is called. */
  holdList(): () => void {
    let complete = () => {};
    this.#listed = new Promise(resolve => {
      complete = resolve;
    });
    return () => complete();
  }

  /** Keeps changes from all who watch until {@link release}. */
  hold(): void {
    this.#held = [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    held.forEach(change => this.#tell(change));
  }

  /** Tells all who watch that nothing has changed, as servers do from time to time. */
  bookmark(): void {
    const resourceVersion = String(this.#nextVersion());
    for (const { response } of this.#viewers) {
      write(response, {
        type: 'BOOKMARK',
        object: { metadata: { resourceVersion } },
      });
    }
  }

  /** Breaks every open watch in the middle of a line. */
  tear(): void {
    for (const viewer of this.#viewers) {
      const { response } = viewer;
      this.#viewers.delete(viewer);
      response.write('{"type":"MODIFIED","object":{"metadata":{"na');
      setImmediate(() => response.destroy());
    }
  }

  #record(change: Change): void {
    this.#changes.push(change);
    if (this.#held) {
      this.#held.push(change);
    } else {
      this.#tell(change);
    }
  }

  #tell(change: Change): void {
    for (const viewer of this.#viewers) {
      this.#send(viewer, change.type, change.object);
    }
  }

  #send(viewer: Viewer, type: string, object: LabelledObject): void {
    if (viewer.matches(object)) {
      write(viewer.response, { type, object });
    }
  }
}

function write(response: ServerResponse, event: unknown): void {
  response.write(`${JSON.stringify(event)}\n`);
}
