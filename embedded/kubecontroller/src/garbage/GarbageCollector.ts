import { ConflictError, NotFoundError } from '@backstage/errors';
import type { KubeClient, Logger } from '@ml-platform/kube';
import {
  WorkQueue,
  type KubeApi,
  type KubeObject,
  type OwnerReference,
} from '@ml-platform/embedded-controller-runtime';
import { KindWatches } from './KindWatches';
import { type Node, OwnerGraph } from './OwnerGraph';

/** Finalizer of an owner that goes after what it owns. */
const FOREGROUND = 'foregroundDeletion';
/** Finalizer of an owner that leaves what it owns behind. */
const ORPHAN = 'orphan';

/**
 * Deletes what has owners none of which exists any more, and carries out
 * deletions in the foreground and with orphans.
 * https://kubernetes.io/docs/concepts/architecture/garbage-collection/
 */
export class GarbageCollector {
  readonly #api: KubeApi;
  readonly #graph = new OwnerGraph();
  readonly #watches: KindWatches;
  readonly #queue: WorkQueue;

  constructor(options: {
    readonly api: KubeApi;
    readonly client: KubeClient;
    readonly logger: Logger;
  }) {
    const { client, logger } = options;
    this.#api = options.api;
    this.#queue = new WorkQueue({
      handle: async uid => {
        await this.#attend(uid);
        return {};
      },
      onError: (uid, error) =>
        logger.debug(`Garbage collection of ${uid}: will retry: ${error}`),
      concurrency: 4,
    });
    this.#watches = new KindWatches({
      client,
      logger,
      changed: node => {
        this.#graph.set(node);
        if (
          node.object.metadata.ownerReferences?.length ||
          node.object.metadata.deletionTimestamp
        ) {
          this.#queue.add(node.object.metadata.uid);
        }
      },
      removed: ({ object }) => {
        const { uid, ownerReferences = [] } = object.metadata;
        this.#graph.delete(uid);
        this.#graph
          .dependents(uid)
          .forEach(dependent => this.#queue.add(dependent.object.metadata.uid));
        // An owner may have waited for this one.
        ownerReferences.forEach(owner => this.#queue.add(owner.uid));
      },
    });
  }

  /** Runs until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    const watching = this.#watches.run(signal);
    await Promise.race([this.#watches.synced(), watching]);
    this.#queue.start();
    await watching;
    await this.#queue.stop();
  }

  async #attend(uid: string): Promise<void> {
    const node = this.#graph.get(uid);
    if (!node) {
      return;
    }
    if (node.object.metadata.deletionTimestamp) {
      await this.#finishDeletion(node);
    } else {
      await this.#judge(node);
    }
  }

  /** Deletes the object unless one of its owners exists. */
  async #judge(node: Node): Promise<void> {
    const { ownerReferences = [] } = node.object.metadata;
    const owners = await Promise.all(
      ownerReferences.map(async reference => ({
        reference,
        state: await this.#stateOf(reference, node),
      })),
    );
    const absent = owners.filter(({ state }) => state === 'absent');
    const waiting = owners.filter(({ state }) => state === 'waiting');
    if (owners.length === 0 || absent.length + waiting.length === 0) {
      return;
    }
    if (absent.length + waiting.length < owners.length) {
      if (absent.length > 0) {
        await this.#setOwners(
          node,
          owners
            .filter(({ state }) => state !== 'absent')
            .map(({ reference }) => reference),
        );
      }
      return;
    }
    await this.#api
      .remove(node.kind.resource, node.object, {
        propagationPolicy: waiting.length > 0 ? 'Foreground' : 'Background',
      })
      .catch(ignoreOutdated);
  }

  /** `waiting`: it is being deleted in the foreground, after what it owns. */
  async #stateOf(
    reference: OwnerReference,
    dependent: Node,
  ): Promise<'present' | 'absent' | 'waiting'> {
    const known = this.#graph.get(reference.uid)?.object;
    if (known) {
      const { deletionTimestamp, finalizers = [] } = known.metadata;
      return deletionTimestamp && finalizers.includes(FOREGROUND)
        ? 'waiting'
        : 'present';
    }
    const kind = this.#watches.kindOf(reference);
    if (!kind) {
      // Nobody can tell whether it exists: it is left alone.
      return 'present';
    }
    // The owner may be younger than the watch's last word.
    const live = await this.#api.find<KubeObject>(kind.resource, {
      name: reference.name,
      namespace: kind.namespaced
        ? dependent.object.metadata.namespace
        : undefined,
    });
    return live?.metadata.uid === reference.uid ? 'present' : 'absent';
  }

  async #finishDeletion(node: Node): Promise<void> {
    const { uid, finalizers = [] } = node.object.metadata;
    const dependents = this.#graph.dependents(uid);
    if (finalizers.includes(ORPHAN)) {
      for (const dependent of dependents) {
        const { ownerReferences = [] } = dependent.object.metadata;
        await this.#setOwners(
          dependent,
          ownerReferences.filter(owner => owner.uid !== uid),
        );
      }
      await this.#removeFinalizer(node, ORPHAN);
    } else if (finalizers.includes(FOREGROUND)) {
      const blocking = dependents.filter(({ object }) =>
        object.metadata.ownerReferences?.some(
          owner => owner.uid === uid && owner.blockOwnerDeletion,
        ),
      );
      if (blocking.length === 0) {
        await this.#removeFinalizer(node, FOREGROUND);
      }
      dependents.forEach(dependent =>
        this.#queue.add(dependent.object.metadata.uid),
      );
    }
  }

  async #setOwners(
    node: Node,
    ownerReferences: readonly OwnerReference[],
  ): Promise<void> {
    await this.#patch(node, { ownerReferences });
  }

  async #removeFinalizer(node: Node, finalizer: string): Promise<void> {
    const { finalizers = [] } = node.object.metadata;
    await this.#patch(node, {
      finalizers: finalizers.filter(each => each !== finalizer),
    });
  }

  async #patch(node: Node, metadata: object): Promise<void> {
    const { namespace, name, uid, resourceVersion } = node.object.metadata;
    await this.#api
      .patch(
        node.kind.resource,
        { namespace, name },
        { metadata: { uid, resourceVersion, ...metadata } },
      )
      .catch(ignoreOutdated);
  }
}

/** The object changed or went: its next change brings it here again. */
function ignoreOutdated(error: unknown): void {
  if (!(error instanceof NotFoundError || error instanceof ConflictError)) {
    throw error;
  }
}
