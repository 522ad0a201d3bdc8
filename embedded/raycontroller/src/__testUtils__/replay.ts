import type { KubeConfig } from '@kubernetes/client-node';
import { KubeClient, kubeConfigAccess } from '@ml-platform/kube';
import { changesOf, type RecordedEvent, type Recording } from './recordings';
import type { RayJob } from '../crd/rayJob';
import { ObjectCache, KubeApi } from '@ml-platform/embedded-controller-runtime';
import { resources } from '../kube/resources';
import { startController } from '../startController';
import { quietLogger } from './objects';
import { ensure } from './ensure';
import { FakeDashboard } from './FakeDashboard';
import { FakeNode } from './FakeNode';
import {
  attemptScripts,
  eventLines,
  recordedTransitions,
  transitions,
} from './scripts';
import { eventually } from '@ml-platform/embedded-controller-runtime/testUtils';

export interface Replayed {
  /** As {@link transitions} tells them. */
  readonly states: string[];
  readonly events: RecordedEvent[];
  /** Ids of Ray jobs that were asked to stop. */
  readonly stopped: readonly string[];
}

/**
 * Applies a recorded RayJob to a cluster that has the resource definitions and
 * no other controller, plays its pods and its Ray job as recorded, and collects
 * what the controller makes of it.
 *
 * @param options.dashboardHost - address at which the API server reaches this process
 */
export async function replay(options: {
  readonly kubeConfig: KubeConfig;
  readonly recording: Recording;
  readonly dashboardHost?: string;
}): Promise<Replayed> {
  const { kubeConfig, recording } = options;
  const stop = new AbortController();
  const { signal } = stop;
  const logger = quietLogger;
  const client = new KubeClient({ access: kubeConfigAccess(kubeConfig) });
  const api = new KubeApi({ client });
  const dashboard = await FakeDashboard.start({ host: options.dashboardHost });
  const attempts = attemptScripts(recording);
  dashboard.script = attempts.at(0)?.job ?? [];
  const namespace = `rec-${recording.scenario}`;
  await makeNamespace(client, namespace);
  const node = new FakeNode({
    api,
    logger,
    signal,
    namespace,
    dashboard,
    attempt: index => attempts.at(index),
  });
  const statuses: RayJob['status'][] = [];
  const jobs = new ObjectCache<RayJob>({
    client,
    resource: resources.rayJobs,
    logger,
    handler: {
      changed: ({ metadata, status }) => {
        if (metadata.namespace === namespace) {
          statuses.push(status);
        }
      },
    },
  });
  const done = [
    node.run(),
    jobs.run(signal),
    startController({ kubeConfig, logger, signal, pollMs: 50 }).done,
  ];
  const events = () => api.list<RecordedEvent>(resources.events, { namespace });
  try {
    const job = await api.create<RayJob>(resources.rayJobs, {
      ...sped(recording.applied),
      metadata: { ...recording.applied.metadata, namespace },
    });
    const goal = recordedTransitions(recording);
    const reached = (count: number) =>
      eventually(() => transitions(statuses).length >= count);
    if (recording.scenario === 'stopped') {
      await reached(goal.length - 2);
      dashboard.goOn(statuses.at(-1)?.jobId ?? '', 'STOPPED');
    }
    await reached(goal.length);
    if (recording.scenario === 'deleted') {
      await api.remove(resources.rayJobs, job);
      await eventually(() => !jobs.get(namespace, job.metadata.name));
    }
    const expected = eventLines(
      changesOf(recording, 'Event').map(({ object }) => object),
    ).length;
    await eventually(async () => eventLines(await events()).length >= expected);
    return {
      states: transitions(statuses),
      events: inOrder(await events()),
      stopped: dashboard.stopped,
    };
  } finally {
    stop.abort();
    await Promise.all(done);
    await dashboard.close();
    client.close();
  }
}

/** Makes a namespace, and the account without which pods are refused. */
export async function makeNamespace(
  client: KubeClient,
  name: string,
): Promise<void> {
  const make = (path: string, kind: string, metadata: object) =>
    ensure(client, path, { apiVersion: 'v1', kind, metadata });
  await make('/api/v1/namespaces', 'Namespace', { name });
  await make(`/api/v1/namespaces/${name}/serviceaccounts`, 'ServiceAccount', {
    name: 'default',
  });
}

/** The same job with its long waits cut short. */
function sped(applied: Recording['applied']): Recording['applied'] {
  const { spec } = applied;
  return {
    ...applied,
    spec: {
      ...spec,
      // Long enough for a busy machine to have the job running before it.
      ...(spec.activeDeadlineSeconds && { activeDeadlineSeconds: 12 }),
      ...(spec.ttlSecondsAfterFinished && { ttlSecondsAfterFinished: 1 }),
    },
  };
}

function inOrder(events: readonly RecordedEvent[]): RecordedEvent[] {
  const time = ({ eventTime }: RecordedEvent) => eventTime ?? '';
  return [...events].sort((a, b) => (time(a) < time(b) ? -1 : 1));
}
