import { entrypointWarning, typedEntrypoint } from '../render/entrypoint';
import type { KubernetesEvent, Pod, RayJob } from '../objects/kubernetes';
import { shorten } from '../state/plainText';
import { podProblem } from '../state/podProblem';
import { RAY_LABEL_GROUP, RAY_LABEL_NODE_TYPE } from '../objects/rayLabels';
import { submitterContainer } from '../state/submitterContainer';
import type {
  JobCondition,
  JobContainer,
  JobEvent,
  JobPod,
  LogSource,
  PodRole,
} from './types';

/** What a pod is for, by KubeRay's labels. */
export function podRole(pod: Pod): PodRole {
  switch (pod.metadata.labels?.[RAY_LABEL_NODE_TYPE]) {
    case 'head':
      return 'head';
    case 'worker':
      return 'worker';
    default:
      return 'submitter';
  }
}

const scheduledAt = ({ status }: Pod) =>
  status?.conditions?.find(
    condition =>
      condition.type === 'PodScheduled' && condition.status === 'True',
  )?.lastTransitionTime;

/** When the image of the first container was there, and the container started. */
function startedAt({ spec, status }: Pod): string | undefined {
  const [first] = spec?.containers ?? [];
  const found = status?.containerStatuses?.find(
    ({ name }) => name === first?.name,
  );
  const { running, terminated } = found?.state ?? {};
  return found?.restartCount
    ? undefined
    : (running?.startedAt ?? terminated?.startedAt);
}

/** The pod as the job's page shows it. */
export function jobPod(pod: Pod): JobPod {
  const role = podRole(pod);
  const problem = podProblem(pod);
  const containers = (pod.spec?.containers ?? []).map((spec): JobContainer => {
    const status = pod.status?.containerStatuses?.find(
      candidate => candidate.name === spec.name,
    );
    const { waiting, running, terminated } = status?.state ?? {};
    let state: JobContainer['state'] = 'waiting';
    if (terminated) {
      state = 'terminated';
    } else if (running) {
      state = 'running';
    }
    return {
      name: spec.name,
      image: spec.image ?? '',
      ready: status?.ready ?? false,
      restartCount: status?.restartCount ?? 0,
      state,
      reason: terminated?.reason ?? waiting?.reason,
      exitCode: terminated?.exitCode,
    };
  });
  return {
    name: pod.metadata.name,
    role,
    group:
      role === 'worker' ? pod.metadata.labels?.[RAY_LABEL_GROUP] : undefined,
    node: pod.spec?.nodeName,
    phase: pod.status?.phase ?? 'Unknown',
    createdAt: pod.metadata.creationTimestamp ?? '',
    scheduledAt: scheduledAt(pod),
    startedAt: startedAt(pod),
    reason: problem?.reason ?? pod.status?.reason,
    message: problem?.message ?? pod.status?.message,
    containers,
  };
}

/** Conditions of the job's Ray cluster, in the order that KubeRay gives. */
export function jobConditions(job: RayJob): JobCondition[] {
  return (job.status?.rayClusterStatus?.conditions ?? []).map(condition => ({
    type: condition.type,
    status:
      condition.status === 'True' || condition.status === 'False'
        ? condition.status
        : 'Unknown',
    reason: condition.reason || undefined,
    message: condition.message || undefined,
    lastTransitionTime: condition.lastTransitionTime,
  }));
}

/** All of a job's entrypoint, as it was typed. */
export function jobEntrypoint({ spec }: RayJob): string | undefined {
  return spec?.entrypoint && typedEntrypoint(spec.entrypoint);
}

/** What is wrong with how a job was written, one sentence each. */
export function jobWarnings(job: RayJob): string[] {
  const warning = entrypointWarning(job);
  return warning ? [warning] : [];
}

/** Longest texts of an event, in characters. */
const LONGEST_NOTE = 1_024;
const LONGEST_WORD = 253;

const word = (text = '') => shorten(text, LONGEST_WORD);

/** An event in one shape, whichever of its two generations wrote it. */
export function jobEvent(event: KubernetesEvent): JobEvent {
  const created = event.metadata?.creationTimestamp ?? '';
  const first = event.firstTimestamp ?? event.eventTime ?? created;
  return {
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: word(event.reason),
    message: shorten(event.message ?? '', LONGEST_NOTE),
    count: event.series?.count ?? event.count ?? 1,
    firstSeen: first,
    lastSeen: event.series?.lastObservedTime ?? event.lastTimestamp ?? first,
    object: {
      kind: word(event.involvedObject?.kind),
      name: word(event.involvedObject?.name),
    },
  };
}

/** Id of the log of one container: value of `logs?source=`. */
export function containerLogSource(pod: string, container: string): string {
  return `pod/${pod}/${container}`;
}

const ATTEMPT = /^driver\/([1-9]\d{0,5})$/;

/** The attempt that a value of `logs?source=` names, for example `driver/1`. */
export function attemptOf(source: string): number | undefined {
  const match = ATTEMPT.exec(source);
  return match ? Number(match[1]) : undefined;
}

/** Ids of the containers' logs that are the driver's as well. */
export function submitterLogSources(
  job: RayJob,
  pods: readonly Pod[],
): ReadonlySet<string> {
  return new Set(
    pods.flatMap(pod => {
      const container = submitterContainer(job, pod);
      return container
        ? [containerLogSource(pod.metadata.name, container)]
        : [];
    }),
  );
}

/**
 * Everything of a job that can be read as a log, the driver first.
 *
 * @param attempts - earlier ones whose logs are kept
 * @param submitters - see {@link submitterLogSources}: not listed again
 */
export function logSources(
  pods: readonly JobPod[],
  attempts: readonly number[] = [],
  submitters: ReadonlySet<string> = new Set(),
): LogSource[] {
  const containers = pods.flatMap(pod =>
    pod.containers
      .map((container): LogSource => ({
        id: containerLogSource(pod.name, container.name),
        title: `${pod.role} ${pod.name} / ${container.name}`,
        kind: 'container',
        restartCount: container.restartCount || undefined,
      }))
      .filter(({ id }) => !submitters.has(id)),
  );
  const all: LogSource[] =
    containers.length > 1
      ? [{ id: 'all', title: 'All containers, by time', kind: 'merged' }]
      : [];
  return [
    { id: 'driver', title: 'Driver', kind: 'driver' },
    ...attempts.map((attempt): LogSource => ({
      id: `driver/${attempt}`,
      title: `Driver, attempt ${attempt}`,
      kind: 'driver',
    })),
    ...all,
    ...containers,
  ];
}
