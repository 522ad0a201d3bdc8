import { ConflictError } from '@backstage/errors';
import type { KubeConfig } from '@kubernetes/client-node';
import { KubeClient, kubeConfigAccess, type Logger } from '@ml-platform/kube';
import {
  EventRecorder,
  eventSeries,
  KubeApi,
  ObjectCache,
  type ReconcileResult,
  sentenceOf,
  WorkQueue,
} from '@ml-platform/embedded-controller-runtime';
import { controllerName } from './children/ownerReference';
import { RayClusterReconciler } from './cluster/RayClusterReconciler';
import { label } from './crd/labels';
import type { RayCluster } from './crd/rayCluster';
import type { RayJob } from './crd/rayJob';
import { AttemptSteps } from './job/AttemptSteps';
import { defaultPatience, type Patience } from './job/deadlines';
import { JobChildren } from './job/JobChildren';
import { RayJobReconciler } from './job/RayJobReconciler';
import type { Job, KubeObject, Pod, Service } from './kube/objects';
import { resources, type Resource } from './kube/resources';

export interface ControllerOptions {
  /** Its current context is the cluster to look after. */
  readonly kubeConfig: KubeConfig;
  readonly logger: Logger;
  /** Ends the controller; what it made stays. */
  readonly signal: AbortSignal;
  /** How often a job that has not ended is looked at; default 3 s, as KubeRay. */
  readonly pollMs?: number;
  /** How long to wait for what does not answer; default as KubeRay. */
  readonly patience?: Partial<Patience>;
}

/**
 * Runs RayJobs and RayClusters on a Kubernetes cluster that has no KubeRay
 * operator: the children, statuses, reasons and events are those of KubeRay 1.7.
 *
 * An ordinary client of the Kubernetes API: it works on any cluster that has
 * KubeRay's resource definitions. Run one at a time.
 *
 * @returns `done` resolves after the signal, when all work under way has ended
 */
export function startController(options: ControllerOptions): {
  done: Promise<void>;
} {
  const { logger, signal } = options;
  const now = () => Date.now();
  const client = new KubeClient({
    access: kubeConfigAccess(options.kubeConfig),
  });
  const api = new KubeApi({ client });
  const recorder = (controller: string) =>
    new EventRecorder({ api, form: eventSeries(controller), logger, now });
  const jobEvents = recorder('rayjob-controller');
  const clusterEvents = recorder('raycluster-controller');

  const jobQueue = queueOf('RayJob', reconcileJob, logger);
  const clusterQueue = queueOf('RayCluster', reconcileCluster, logger);
  const cacheOf = <T extends KubeObject>(
    resource: Resource,
    tell: (object: T) => void,
    labelSelector?: string,
  ) =>
    new ObjectCache<T>({
      client,
      resource,
      labelSelector,
      logger,
      handler: { changed: tell, removed: tell },
    });
  const rayJobs = cacheOf<RayJob>(resources.rayJobs, job =>
    jobQueue.add(keyOf(job)),
  );
  const rayClusters = cacheOf<RayCluster>(resources.rayClusters, cluster => {
    clusterQueue.add(keyOf(cluster));
    addOwner(jobQueue, cluster, 'RayJob');
  });
  const pods = cacheOf<Pod>(
    resources.pods,
    pod => addOwner(clusterQueue, pod, 'RayCluster'),
    label.cluster,
  );
  const services = cacheOf<Service>(
    resources.services,
    service => {
      addOwner(clusterQueue, service, 'RayCluster');
      addOwner(jobQueue, service, 'RayJob');
    },
    label.nodeType,
  );
  const submitters = cacheOf<Job>(
    resources.jobs,
    job => addOwner(jobQueue, job, 'RayJob'),
    label.originName,
  );

  const children = new JobChildren({ api, events: jobEvents });
  const jobs = new RayJobReconciler({
    api,
    events: jobEvents,
    children,
    steps: new AttemptSteps({
      client,
      children,
      patience: { ...defaultPatience, ...options.patience },
      logger,
      now,
    }),
    pollMs: options.pollMs ?? 3000,
    logger,
    now,
  });
  const clusters = new RayClusterReconciler({
    api,
    events: clusterEvents,
    clusters: rayClusters,
    pods,
    services,
    now,
  });

  function reconcileJob(namespace: string, name: string) {
    return jobs.reconcile(namespace, name);
  }
  function reconcileCluster(namespace: string, name: string) {
    return clusters.reconcile(namespace, name);
  }

  const run = async () => {
    const caches = [rayJobs, rayClusters, pods, services, submitters];
    // Only then: with half of the picture, what is missing looks lost.
    void Promise.all(caches.map(cache => cache.synced())).then(() => {
      jobQueue.start();
      clusterQueue.start();
      logger.info('Controller for RayJob and RayCluster started');
    });
    await Promise.all(caches.map(cache => cache.run(signal)));
    await Promise.all([jobQueue.stop(), clusterQueue.stop()]);
    await Promise.all([jobEvents.flush(), clusterEvents.flush()]);
    client.close();
  };
  return { done: run() };
}

function queueOf(
  kind: string,
  reconcile: (namespace: string, name: string) => Promise<ReconcileResult>,
  logger: Logger,
): WorkQueue {
  return new WorkQueue({
    handle: key => {
      const [namespace, name] = key.split('/');
      return reconcile(namespace, name);
    },
    onError: (key, error) => {
      const message = `${kind} ${key}: will retry: ${sentenceOf(error)}`;
      // A conflict only says that somebody else was quicker.
      if (error instanceof ConflictError) {
        logger.debug(message);
      } else {
        logger.warn(message);
      }
    },
  });
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function addOwner(queue: WorkQueue, child: KubeObject, kind: string): void {
  const owner = controllerName(child, kind);
  if (owner) {
    queue.add(`${child.metadata.namespace}/${owner}`);
  }
}
