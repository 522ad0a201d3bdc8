import { type KubeClient, type Logger, sleep } from '@ml-platform/kube';
import {
  ObjectCache,
  type KubeObject,
  type OwnerReference,
} from '@ml-platform/embedded-controller-runtime';
import { type DiscoveredKind, discoverKinds } from './discoverKinds';
import type { Node } from './OwnerGraph';

const CRDS = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
};
/** How long a new definition may take to be served, in ms. */
const SERVED_AFTER_MS = 500;
const RETRY_MS = 2000;
/** The longest time that a timer of Node.js takes. */
const LONGEST_MS = 2 ** 31 - 1;

/** Watches the objects of every kind that the API server has, also of new kinds. */
export class KindWatches {
  readonly #client: KubeClient;
  readonly #logger: Logger;
  readonly #changed: (node: Node) => void;
  readonly #removed: (node: Node) => void;
  readonly #kinds = new Map<string, DiscoveredKind>();
  readonly #running: Promise<void>[] = [];
  #setSynced: () => void = () => {};
  readonly #synced = new Promise<void>(resolve => {
    this.#setSynced = resolve;
  });

  constructor(options: {
    readonly client: KubeClient;
    readonly logger: Logger;
    readonly changed: (node: Node) => void;
    readonly removed: (node: Node) => void;
  }) {
    this.#client = options.client;
    this.#logger = options.logger;
    this.#changed = options.changed;
    this.#removed = options.removed;
  }

  /** Resolves when all objects of the kinds of the first discovery are known. */
  synced(): Promise<void> {
    return this.#synced;
  }

  /** The kind that a reference names; undefined where it is not known. */
  kindOf({ apiVersion, kind }: OwnerReference): DiscoveredKind | undefined {
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
    return this.#kinds.get(`${group}/${kind}`);
  }

  /** Runs until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    let wake = new AbortController();
    const definitions = new ObjectCache<KubeObject>({
      client: this.#client,
      resource: CRDS,
      logger: this.#logger,
      handler: { changed: () => wake.abort() },
    });
    this.#running.push(definitions.run(signal));
    while (!signal.aborted) {
      wake = new AbortController();
      const complete = await this.#discover(signal);
      await sleep(
        complete ? LONGEST_MS : RETRY_MS,
        AbortSignal.any([signal, wake.signal]),
      );
      await sleep(SERVED_AFTER_MS, signal);
    }
    await Promise.all(this.#running);
  }

  async #discover(signal: AbortSignal): Promise<boolean> {
    let found: DiscoveredKind[];
    try {
      found = await discoverKinds(this.#client);
    } catch (error) {
      if (!signal.aborted) {
        this.#logger.warn(`The API server's kinds are not known: ${error}`);
      }
      return false;
    }
    const fresh = found.filter(
      ({ resource }) => !this.#kinds.has(`${resource.group}/${resource.kind}`),
    );
    const caches = fresh.map(kind => {
      this.#kinds.set(`${kind.resource.group}/${kind.resource.kind}`, kind);
      const cache = this.#watch(kind);
      this.#running.push(cache.run(signal));
      return cache;
    });
    await Promise.race([
      Promise.all(caches.map(cache => cache.synced())),
      new Promise(resolve => {
        signal.addEventListener('abort', resolve, { once: true });
      }),
    ]);
    this.#setSynced();
    return true;
  }

  #watch(kind: DiscoveredKind): ObjectCache<KubeObject> {
    // Of an object no more than its owners and its end matter here.
    const node = ({ metadata }: KubeObject): Node => ({
      kind,
      object: { metadata },
    });
    return new ObjectCache<KubeObject>({
      client: this.#client,
      resource: kind.resource,
      logger: this.#logger,
      keep: ({ metadata }) => ({ metadata: essential(metadata) }),
      handler: {
        changed: object => this.#changed(node(object)),
        removed: object => this.#removed(node(object)),
      },
    });
  }
}

function essential(metadata: KubeObject['metadata']): KubeObject['metadata'] {
  const { name, namespace, uid, resourceVersion } = metadata;
  const { ownerReferences, finalizers, deletionTimestamp } = metadata;
  return {
    name,
    namespace,
    uid,
    resourceVersion,
    ownerReferences,
    finalizers,
    deletionTimestamp,
  };
}
