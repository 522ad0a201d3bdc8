import { KubeConfig } from '@kubernetes/client-node';
import { Logger } from '../platformTypes';
import { ApplicationReconciler } from './application/ApplicationReconciler';
import { ApplicationStore } from './application/ApplicationStore';
import { ApplicationWorker } from './ApplicationWorker';
import { applyRoot } from './applyRoot';
import { BranchPoller } from './BranchPoller';
import { Cluster } from './cluster/Cluster';
import { RepoReader } from './git/RepoReader';
import { KeyedQueue } from './KeyedQueue';
import { trackedBy } from './types';

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
/** Changes of live objects come in bursts; they are answered together. */
const SETTLE_MS = 100;
const IN_CLUSTER = new Set(['https://kubernetes.default.svc', 'in-cluster']);

/** Starts the stand-in for Argo CD's application controller. */
export function startSyncLoop(options: SyncLoopOptions): SyncLoop {
  const {
    logger,
    signal,
    gitHost,
    namespace = 'argocd',
    root = ROOT,
  } = options;
  const repo = new RepoReader({
    apiUrl: gitHost.apiUrl,
    token: options.token,
    signal,
  });
  const queue: KeyedQueue = new KeyedQueue({
    work: name => worker.work(name),
    signal,
  });

  function enqueueAll(): void {
    for (const name of store.names()) queue.add(name);
  }

  function cluster(name: string, kubeConfig: KubeConfig): Cluster {
    return new Cluster({
      name,
      kubeConfig,
      logger,
      signal,
      onStatus: enqueueAll,
      onChange: object => {
        const application = trackedBy(object);
        if (application) queue.add(application, SETTLE_MS);
      },
    });
  }

  const management = cluster('in-cluster', options.kubeConfig);
  const clusters = new Map(
    Object.entries(options.clusters).map(([name, config]) => [
      name,
      cluster(name, config),
    ]),
  );
  const store = new ApplicationStore({
    client: management.client,
    namespace,
    logger,
    signal,
    onWanted: name => queue.add(name),
  });
  const reconciler = new ApplicationReconciler({
    repo,
    clock: Date.now,
    clusterOf: ({ name, server }) =>
      IN_CLUSTER.has(name ?? server ?? '')
        ? management
        : clusters.get(name ?? ''),
  });
  const look = async () => {
    if (await repo.look()) enqueueAll();
  };
  const worker = new ApplicationWorker({
    store,
    reconciler,
    queue,
    look,
    logger,
    signal,
  });

  let rootApplied = false;
  const poller = new BranchPoller({
    intervalMs: (options.pollSeconds ?? 5) * 1_000,
    logger,
    signal,
    look: async () => {
      if (!rootApplied) {
        await applyRoot({ ...root, repo, cluster: management, namespace });
        rootApplied = true;
      }
      await look();
    },
  });
  const unsubscribe = gitHost.onPush?.(() => poller.wake());

  const done = Promise.all([store.watch(), poller.run()]).then(async () => {
    unsubscribe?.();
    await queue.drained();
    for (const one of [management, ...clusters.values()]) one.close();
  });
  return { refresh: () => poller.wake(), done };
}
