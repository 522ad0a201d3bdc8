import { ResourceRegistry } from '../model/ResourceRegistry';
import { ApiContext } from '../verbs/ApiContext';
import { deleteObject } from '../verbs/deleteObject';
import { Change } from '../store/ChangeHistory';

/**
 * Empties namespaces that are going away, and lets them go when nothing is
 * left: the namespace controller of Kubernetes.
 */
export class NamespaceCleaner {
  readonly #context: ApiContext;
  readonly #registry: ResourceRegistry;
  #stops: (() => void)[] = [];
  #scheduled: NodeJS.Immediate | undefined;

  constructor(options: { readonly context: ApiContext }) {
    this.#context = options.context;
    this.#registry = options.context.registry;
  }

  start(): void {
    const { store } = this.#context;
    const check = ({ current }: Change) => {
      // Anything that goes can be the last thing in its namespace.
      if (!current || current.object.metadata.deletionTimestamp) {
        this.#schedule();
      }
    };
    this.#stops = this.#registry
      .storages()
      .map(storage => store.listen(storage, check));
    this.#schedule();
  }

  stop(): void {
    this.#stops.forEach(stop => stop());
    clearImmediate(this.#scheduled);
  }

  #schedule(): void {
    this.#scheduled ??= setImmediate(() => {
      this.#scheduled = undefined;
      this.#cleanAll();
    });
  }

  #cleanAll(): void {
    for (const { object } of [...this.#context.store.list('namespaces')]) {
      if (object.metadata.deletionTimestamp) {
        this.#clean(object.metadata.name);
      }
    }
  }

  #clean(namespace: string): void {
    const { store } = this.#context;
    const types = this.#registry.types.filter(type => type.namespaced);
    for (const type of types) {
      for (const { object } of [...store.list(type.storage, namespace)]) {
        if (!object.metadata.deletionTimestamp) {
          deleteObject(
            this.#context,
            { type, namespace, name: object.metadata.name },
            { dryRun: false },
          );
        }
      }
    }
    const left = types.some(
      type => store.list(type.storage, namespace).length > 0,
    );
    const stored = store.get('namespaces', undefined, namespace);
    if (!left && stored && !stored.object.metadata.finalizers?.length) {
      store.delete('namespaces', stored.object);
    }
  }
}
