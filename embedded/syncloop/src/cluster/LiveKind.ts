import { ServiceUnavailableError } from '@backstage/errors';
import {
  KubeClient,
  Resource,
  resourcePath,
  Watcher,
  type Logger,
} from '@ml-platform/kube';
import { KubeManifest, ObjectMeta } from '../types';

interface Received {
  readonly metadata: ObjectMeta;
}

const key = (namespace: string | undefined, name: string) =>
  namespace ? `${namespace}/${name}` : name;

/** Milliseconds that a first list may take. */
const FIRST_LIST_MS = 15_000;

/** All objects of one kind in one cluster, kept up to date by a watch. */
export class LiveKind {
  private readonly objects = new Map<string, KubeManifest>();
  private readonly firstList: Promise<void>;
  private problem: string | undefined;

  constructor(options: {
    readonly client: KubeClient;
    readonly resource: Resource;
    readonly logger: Logger;
    readonly signal: AbortSignal;
    readonly onChange: (object: KubeManifest) => void;
    /** The watch went down or came back. */
    readonly onStatus: () => void;
  }) {
    const { resource, onChange, onStatus, signal } = options;
    const { group, version, kind } = resource;
    const apiVersion = group ? `${group}/${version}` : version;
    let listed: () => void = () => undefined;
    this.firstList = new Promise(resolve => {
      listed = resolve;
    });
    const watcher = new Watcher<Received>({
      client: options.client,
      logger: options.logger,
      path: resourcePath(resource),
      backoff: { min: 500, max: 10_000 },
      handler: {
        upsert: (_key, received) => {
          // The items of a list come without them.
          const object = { ...received, apiVersion, kind };
          this.put(object);
          onChange(object);
        },
        remove: id => {
          const object = this.objects.get(id);
          // One that the sync itself has removed is out of the list already.
          if (object) {
            this.remove(object);
            onChange(object);
          }
        },
        synced: () => listed(),
        status: ({ ok, error }) => {
          this.problem = ok ? undefined : (error ?? 'The watch is down');
          onStatus();
          if (!ok) listed();
        },
      },
    });
    void watcher.run(signal);
  }

  /** Resolves when the objects are known. Throws ServiceUnavailableError while the cluster does not answer. */
  async ready(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      this.firstList,
      new Promise<void>(resolve => {
        timer = setTimeout(() => {
          this.problem ??= 'The cluster does not answer';
          resolve();
        }, FIRST_LIST_MS);
      }),
    ]);
    clearTimeout(timer);
    if (this.problem !== undefined) {
      throw new ServiceUnavailableError(this.problem);
    }
  }

  get(namespace: string | undefined, name: string): KubeManifest | undefined {
    return this.objects.get(key(namespace, name));
  }

  all(): IterableIterator<KubeManifest> {
    return this.objects.values();
  }

  /** Takes over what a write has answered, before the watch tells. */
  put(object: KubeManifest): void {
    const { namespace, name } = object.metadata;
    this.objects.set(key(namespace, name), object);
  }

  remove(object: { readonly metadata: ObjectMeta }): void {
    const { namespace, name } = object.metadata;
    this.objects.delete(key(namespace, name));
  }
}
