import type { KubeConfig } from '@kubernetes/client-node';
import { KubeClient, kubeConfigAccess, type Logger } from '@ml-platform/kube';
import {
  countedEvents,
  EventRecorder,
  KubeApi,
} from '@ml-platform/embedded-controller-runtime';
import { ServiceAccounts } from './ServiceAccounts';
import { EndpointsController } from './endpoints/EndpointsController';
import { GarbageCollector } from './garbage/GarbageCollector';
import { JobController } from './jobs/JobController';

/** What {@link startKubeControllers} needs. */
export interface KubeControllersOptions {
  readonly kubeConfig: KubeConfig;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/**
 * Runs what kube-controller-manager runs, as far as the platform needs it: Jobs,
 * EndpointSlices and Endpoints, the garbage collector, and the service account
 * of each namespace. For the embedded API server only: a real cluster has its own.
 *
 * @returns `done` resolves after the signal, when all work under way has ended
 */
export function startKubeControllers(options: KubeControllersOptions): {
  readonly done: Promise<void>;
} {
  const { logger, signal } = options;
  const client = new KubeClient({
    access: kubeConfigAccess(options.kubeConfig),
  });
  const api = new KubeApi({ client });
  const events = new EventRecorder({
    api,
    form: countedEvents('job-controller'),
    logger,
  });
  const common = { api, client, logger };
  const run = async () => {
    await Promise.all([
      new JobController({ ...common, events }).run(signal),
      new EndpointsController(common).run(signal),
      new GarbageCollector(common).run(signal),
      new ServiceAccounts(common).run(signal),
    ]);
    await events.flush();
    client.close();
  };
  return { done: run() };
}
