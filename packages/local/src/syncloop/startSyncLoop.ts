import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { stringifyError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import { Logger } from '../platformTypes';
import { Application } from './application/Application';
import {
  ApplicationReconciler,
  Outcome,
} from './application/ApplicationReconciler';
import { ApplicationStore } from './application/ApplicationStore';
import { applyRoot } from './applyRoot';
import { Cluster } from './cluster/Cluster';
import { RepoReader } from './git/RepoReader';
import { KeyedQueue } from './KeyedQueue';
import { CASCADE, KubeManifest, REFRESH, trackedBy } from './types';

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
const RETRY_MS = 2_000;
const IN_CLUSTER = new Set(['https://kubernetes.default.svc', 'in-cluster']);

/** As it comes back from an API server: without the fields that are undefined. */
function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}

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
  const queue = new KeyedQueue({ work: name => work(name), signal });
  const enqueueAll = () => store.names().forEach(name => queue.add(name));
  const onChange = (object: KubeManifest) => {
    const name = trackedBy(object);
    if (name) queue.add(name, SETTLE_MS);
  };
  const cluster = (name: string, kubeConfig: KubeConfig) =>
    new Cluster({
      name,
      kubeConfig,
      logger,
      signal,
      onChange,
      onStatus: enqueueAll,
    });
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

  async function write(app: Application, { status, operation }: Outcome) {
    if (
      !isDeepStrictEqual(app.status, plain(status)) ||
      app.metadata.annotations?.[REFRESH]
    ) {
      await store.write(app, {
        ...status,
        reconciledAt: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
      });
    }
    const known = new Set(
      app.status?.conditions?.map(({ message }) => message),
    );
    for (const { type, message } of status.conditions ?? []) {
      if (known.has(message)) continue;
      logger.warn(`${app.metadata.name}: ${message}`);
      await store.event(app, { type: 'Warning', reason: type, message });
    }
    if (operation) {
      const failed = operation.phase !== 'Succeeded';
      const message = `Sync operation to ${operation.syncResult?.revision}: ${operation.message}`;
      logger.info(`${app.metadata.name}: ${message}`);
      await store.event(app, {
        type: failed ? 'Warning' : 'Normal',
        reason: 'OperationCompleted',
        message,
      });
    }
  }

  async function work(name: string): Promise<void> {
    const app = store.get(name);
    if (!app) return;
    try {
      if (app.metadata.deletionTimestamp) {
        if (!app.metadata.finalizers?.includes(CASCADE)) return;
        await reconciler.cascade(app);
        await store.release(app, CASCADE);
        return;
      }
      if (app.metadata.annotations?.[REFRESH] && (await repo.look())) {
        enqueueAll();
      }
      const outcome = await reconciler.reconcile(app);
      await write(app, outcome);
      if (outcome.againIn !== undefined) queue.add(name, outcome.againIn);
    } catch (error) {
      if (signal.aborted) return;
      logger.warn(`${name}: ${stringifyError(error)}`);
      queue.add(name, RETRY_MS);
    }
  }

  let wake: () => void = () => undefined;
  const refresh = () => wake();
  const unsubscribe = gitHost.onPush?.(refresh);

  async function poll(): Promise<void> {
    let bootstrapped = false;
    while (!signal.aborted) {
      let pause = (options.pollSeconds ?? 5) * 1_000;
      try {
        if (!bootstrapped) {
          await applyRoot({
            ...root,
            repo,
            cluster: management,
            namespace,
          });
          bootstrapped = true;
        }
        if (await repo.look()) enqueueAll();
      } catch (error) {
        if (!signal.aborted) logger.warn(stringifyError(error));
        pause = Math.min(pause, RETRY_MS);
      }
      const woken = new Promise<void>(resolve => {
        wake = resolve;
      });
      await Promise.race([woken, delay(pause, undefined, { signal })]).catch(
        () => undefined,
      );
    }
  }

  const done = Promise.all([store.watch(), poll()]).then(async () => {
    unsubscribe?.();
    await queue.drained();
    for (const one of [management, ...clusters.values()]) one.close();
  });
  return { refresh, done };
}
