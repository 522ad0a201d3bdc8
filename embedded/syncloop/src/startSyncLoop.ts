import { KubeConfig } from '@kubernetes/client-node';
import { stringifyError } from '@backstage/errors';
import { WorkQueue } from '@ml-platform/embedded-controller-runtime';
import type { Logger } from '@ml-platform/kube';
import { ApplicationReconciler } from './application/ApplicationReconciler';
import { ApplicationStore } from './application/ApplicationStore';
import { ApplicationWorker } from './ApplicationWorker';
import { applyRoot } from './applyRoot';
import { BranchPoller } from './BranchPoller';
import { Cluster } from './cluster/Cluster';
import { RepoReader } from './git/RepoReader';
import { Tracking } from './Tracking';

export interface SyncLoopOptions {
  /** The management cluster, which holds the Applications. */
  readonly kubeConfig: KubeConfig;
  /** The other clusters, by the name that an Application's destination gives them. */
  readonly clusters: Readonly<Record<string, KubeConfig>>;
  readonly gitHost: {
    /** Base of GitHub's REST API, as `http://localhost:7008/api/v3`. */
    readonly apiUrl: string;
    /** Tells of pushes; without it they are found by polling. */
    onPush?(callback: () => void): () => void;
  };
  readonly token?: string;
  /** Seconds between two looks at a branch; default 5. */
  readonly pollSeconds?: number;
  /** Namespace of the Applications; default `argocd`. */
  readonly namespace?: string;
  /**
   * Name of this installation, where others may use the clusters too: it leaves
   * their objects as they are.
   */
  readonly installation?: string;
  /** First Application, which brings the others; default that of this repository. */
  readonly root?: { readonly repository: string; readonly path: string };
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

export interface SyncLoop {
  /** Looks at the branches now. */
  refresh(): void;
  /** Resolves when the signal has aborted and all work has ended. */
  readonly done: Promise<void>;
}

const ROOT = {
  repository: 'ml-platform/ml-platform',
  path: 'gitops/argocd/root.yaml',
};
const NAMESPACE = 'argocd';
/** Changes of live objects come in bursts; they are answered together. */
const SETTLE_MS = 100;
/** Pauses before an Application that could not be handled is tried again, in ms. */
const RETRY = { min: 1_000, max: 4_000 };
const IN_CLUSTER = new Set(['https://kubernetes.default.svc', 'in-cluster']);

/** Ties together who notices a change, who works on it and in which order. */
class Loop {
  private readonly repo: RepoReader;
  private readonly queue: WorkQueue;
  private readonly tracking: Tracking;
  private readonly management: Cluster;
  private readonly clusters: ReadonlyMap<string, Cluster>;
  private readonly store: ApplicationStore;
  private readonly worker: ApplicationWorker;
  private rootApplied = false;

  constructor(private readonly options: SyncLoopOptions) {
    const { logger, signal, gitHost, token, namespace = NAMESPACE } = options;
    this.repo = new RepoReader({ apiUrl: gitHost.apiUrl, token, signal });
    this.tracking = new Tracking(options.installation);
    this.queue = new WorkQueue({
      handle: name => this.worker.work(name),
      onError: (name, error) => {
        if (!signal.aborted) logger.warn(`${name}: ${stringifyError(error)}`);
      },
      backoff: RETRY,
    });
    this.management = this.connect('in-cluster', options.kubeConfig);
    this.clusters = new Map(
      Object.entries(options.clusters).map(([name, config]) => [
        name,
        this.connect(name, config),
      ]),
    );
    this.store = new ApplicationStore({
      client: this.management.client,
      namespace,
      logger,
      signal,
      onWanted: name => this.queue.add(name),
    });
    this.worker = new ApplicationWorker({
      store: this.store,
      look: () => this.look(),
      logger,
      reconciler: new ApplicationReconciler({
        repo: this.repo,
        tracking: this.tracking,
        clock: Date.now,
        clusterOf: ({ name, server }) =>
          IN_CLUSTER.has(name ?? server ?? '')
            ? this.management
            : this.clusters.get(name ?? ''),
      }),
    });
  }

  /** Runs until the signal aborts. */
  async run(poller: BranchPoller): Promise<void> {
    this.queue.start();
    await Promise.all([this.store.watch(), poller.run()]);
    await this.queue.stop();
    for (const one of [this.management, ...this.clusters.values()]) one.close();
  }

  /** Brings the first Application once, then looks whether a branch has moved. */
  async lookWithRoot(): Promise<void> {
    if (!this.rootApplied) {
      const { root = ROOT, namespace = NAMESPACE } = this.options;
      const { repo, management: cluster } = this;
      await applyRoot({ ...root, repo, cluster, namespace });
      this.rootApplied = true;
    }
    await this.look();
  }

  private async look(): Promise<void> {
    if (await this.repo.look()) this.enqueueAll();
  }

  private enqueueAll(): void {
    for (const name of this.store.names()) this.queue.add(name);
  }

  private connect(name: string, kubeConfig: KubeConfig): Cluster {
    const { logger, signal } = this.options;
    return new Cluster({
      name,
      kubeConfig,
      logger,
      signal,
      onStatus: () => this.enqueueAll(),
      onChange: object => {
        const application = this.tracking.applicationOf(object);
        if (application) this.queue.addAfter(application, SETTLE_MS);
      },
    });
  }
}

/** Starts the stand-in for Argo CD's application controller. */
export function startSyncLoop(options: SyncLoopOptions): SyncLoop {
  const loop = new Loop(options);
  const poller = new BranchPoller({
    intervalMs: (options.pollSeconds ?? 5) * 1_000,
    look: () => loop.lookWithRoot(),
    logger: options.logger,
    signal: options.signal,
  });
  const unsubscribe = options.gitHost.onPush?.(() => poller.wake());
  return {
    refresh: () => poller.wake(),
    done: loop.run(poller).finally(unsubscribe),
  };
}
