import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  PODS,
  resourcePath,
  sleep,
  type KubeClient,
  type KubeObject,
} from '@ml-platform/kube';
import {
  nodeCapacity,
  NodeLedger,
  podClaim,
  type FreeAmounts,
  type KubernetesNode,
  type NodesStatus,
  type Pod,
} from '@ml-platform/rayjob';
import { kubeRayStatus, probe, type Probe } from '@ml-platform/sdk';
import { watchCollection, type Collection } from './watchCollection';

const NODES = { group: '', version: 'v1', kind: 'Node', plural: 'nodes' };

/** Pods that have ended have given back what they had. */
const UNENDED = 'status.phase!=Succeeded,status.phase!=Failed';

/** Milliseconds between two looks at KubeRay: where it is installed, and where not. */
const KUBERAY_EVERY = 10 * 60_000;
const KUBERAY_AGAIN = 60_000;

export interface ClusterFactsOptions {
  /** Name of the cluster, for the log. */
  readonly cluster: string;
  /** False where the portal watches some namespaces only. */
  readonly wholeCluster: boolean;
  readonly logger: LoggerService;
  /** Called when something of it changes. */
  readonly onChange: () => void;
}

/**
 * What a cluster has beside jobs: its nodes with what is free on them, by one watch
 * each of nodes and pods, and the version of KubeRay.
 */
export class ClusterFacts {
  readonly #options: ClusterFactsOptions;
  readonly #ledger = new NodeLedger();
  /** By the paths of lists that aren't known yet: what keeps them, if anything. */
  readonly #unlisted = new Map<string, string | undefined>();
  #status: NodesStatus | undefined;
  #kuberay: Probe<{ readonly version?: string }> | undefined;
  #watches: readonly { readonly relistCount: number }[] = [];

  constructor(options: ClusterFactsOptions) {
    this.#options = options;
  }

  /** What the nodes have and what is taken; `undefined` before they are read. */
  get nodes(): Probe<NodesStatus> | undefined {
    if (!this.#options.wholeCluster) {
      const error = 'The portal watches only some namespaces of this cluster';
      return { ok: false, error, refused: true };
    }
    const unlisted = [...this.#unlisted.values()];
    const error = unlisted.find(cause => cause !== undefined);
    if (error !== undefined) {
      return { ok: false, error };
    }
    if (this.#watches.length === 0 || unlisted.length > 0) {
      return undefined;
    }
    this.#status ??= this.#ledger.status;
    return { ok: true, ...this.#status };
  }

  /** What is free on the nodes; `undefined` where that is not known. */
  get free(): FreeAmounts | undefined {
    return this.nodes?.ok ? this.#ledger.free : undefined;
  }

  /** Whether KubeRay is installed, and its version; `undefined` before it is known. */
  get kuberay(): Probe<{ readonly version?: string }> | undefined {
    return this.#kuberay;
  }

  /** Full lists after the first, of all watches together. */
  get relistCount(): number {
    return this.#watches.reduce((sum, { relistCount }) => sum + relistCount, 0);
  }

  /** Runs until the signal aborts; never throws. */
  async run(client: KubeClient, signal: AbortSignal): Promise<void> {
    const watches = this.#options.wholeCluster
      ? [this.#watchNodes(client), this.#watchPods(client)]
      : [];
    this.#watches = watches;
    await Promise.all([
      ...watches.map(watch => watch.run(signal)),
      this.#askKubeRay(client, signal),
    ]);
  }

  #watchNodes(kube: KubeClient) {
    return this.#watch<KubernetesNode & KubeObject>({
      kube,
      path: resourcePath(NODES),
      upsert: (name, node) => this.#ledger.putNode(name, nodeCapacity(node)),
      remove: name => this.#ledger.removeNode(name),
    });
  }

  #watchPods(kube: KubeClient) {
    return this.#watch<Pod & KubeObject>({
      kube,
      path: resourcePath(PODS),
      fieldSelector: UNENDED,
      upsert: (key, pod) => this.#ledger.putPod(key, podClaim(pod)),
      remove: key => this.#ledger.removePod(key),
    });
  }

  #watch<Obj extends KubeObject>(collection: Collection<Obj>) {
    const { cluster, logger } = this.#options;
    const { path, upsert, remove } = collection;
    this.#unlisted.set(path, undefined);
    return watchCollection<Obj>(
      {
        ...collection,
        upsert: (key, object) => {
          upsert(key, object);
          this.#change();
        },
        remove: key => {
          remove(key);
          this.#change();
        },
        listed: () => {
          this.#unlisted.delete(path);
          this.#change();
        },
        failed: error => {
          if (this.#unlisted.has(path)) {
            this.#unlisted.set(path, error);
            this.#change();
          }
        },
      },
      {
        logger,
        onHeard: () => {},
        onProgress: () => {},
        onSync: () => {},
        onStatus: () => {},
        // What is free is shown only: a reader without nodes is no outage.
        onLesser: error => logger.warn(`${cluster}: ${path}: ${error}`),
      },
    );
  }

  async #askKubeRay(client: KubeClient, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const answer = await probe(() => kubeRayStatus(client, signal));
      if (!signal.aborted) {
        this.#kuberay = answer;
        this.#options.onChange();
        await sleep(answer.ok ? KUBERAY_EVERY : KUBERAY_AGAIN, signal);
      }
    }
  }

  #change(): void {
    this.#status = undefined;
    this.#options.onChange();
  }
}
