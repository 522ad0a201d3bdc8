import {
  ANNOTATION_GITOPS_PATH,
  ANNOTATION_REQUESTER,
  ANNOTATION_SOURCE_COMMIT,
  ANNOTATION_TASK,
  LABEL_VERSION,
  LABEL_WORKLOAD,
} from '../objects/annotations';
import { clusterResources } from './jobResources';
import { typedEntrypoint } from '../render/entrypoint';
import { rayWorkers } from './workers';
import { jobManager } from '../state/jobManager';
import { isTerminal, jobState } from '../state/jobState';
import { stoppedAt } from '../state/stopMark';
import type { Pod, RayJob } from '../objects/kubernetes';
import { KUEUE_LABEL_QUEUE } from '../objects/rayLabels';
import type { JobGitOps, JobSummary } from './types';

/** Longest entrypoint that a row keeps, in characters. */
const LONGEST_ENTRYPOINT = 200;

/** With a mark where it is cut; the manifest has the whole. */
function shortEntrypoint(entrypoint: string): string {
  return entrypoint.length > LONGEST_ENTRYPOINT
    ? `${entrypoint.slice(0, LONGEST_ENTRYPOINT)}…`
    : entrypoint;
}

/**
 * Number of the current attempt, from 1, as far as the object alone tells: it
 * does not count runs that were suspended. See {@link jobAttempts}.
 */
export function jobAttempt(job: RayJob): number {
  const failures = job.status?.failed ?? 0;
  const status = job.status?.jobDeploymentStatus;
  // KubeRay counts the failure in the same step that names the outcome.
  return status === 'Failed' || status === 'Retrying'
    ? Math.max(1, failures)
    : failures + 1;
}

function jobGitOps(job: RayJob): JobGitOps | undefined {
  const annotations = job.metadata.annotations ?? {};
  const path = annotations[ANNOTATION_GITOPS_PATH];
  return path
    ? {
        path,
        taskId: annotations[ANNOTATION_TASK],
        sourceCommit: annotations[ANNOTATION_SOURCE_COMMIT],
      }
    : undefined;
}

/** Ray says when; where it does not, the attempt's start is the next best. */
function entrypointStartedAt(
  { status }: RayJob,
  ended: boolean,
): string | undefined {
  const ran = ended && Boolean(status?.jobStatus);
  return status?.rayJobInfo?.startTime ?? (ran ? status?.startTime : undefined);
}

/**
 * The row of a RayJob. Times are those of the current attempt: `startedAt` is
 * when Ray started the entrypoint, not when the cluster began to start.
 */
export function jobSummary(
  cluster: string,
  job: RayJob,
  pods: readonly Pod[] = [],
): JobSummary {
  const { metadata, spec, status } = job;
  const labels = metadata.labels ?? {};
  const result = jobState(job, pods);
  const ended = isTerminal(result.state);
  const live = status?.rayClusterStatus;
  const workers = rayWorkers(spec?.rayClusterSpec, live);
  const queue = labels[KUEUE_LABEL_QUEUE];
  return {
    cluster,
    namespace: metadata.namespace ?? 'default',
    name: metadata.name,
    uid: metadata.uid ?? '',
    workload: labels[LABEL_WORKLOAD],
    version: labels[LABEL_VERSION],
    image:
      spec?.rayClusterSpec?.headGroupSpec?.template?.spec?.containers?.[0]
        ?.image,
    owner: metadata.annotations?.[ANNOTATION_REQUESTER],
    state: result.state,
    reason: result.reason,
    message: result.message,
    createdAt: metadata.creationTimestamp ?? '',
    startedAt: entrypointStartedAt(job, ended),
    endedAt: ended
      ? (stoppedAt(job) ?? status?.endTime ?? status?.rayJobInfo?.endTime)
      : undefined,
    attempt: jobAttempt(job),
    entrypoint:
      spec?.entrypoint && shortEntrypoint(typedEntrypoint(spec.entrypoint)),
    resources: clusterResources(spec?.rayClusterSpec, live),
    workers: ended ? { ...workers, ready: 0 } : workers,
    manager: jobManager(job),
    queue: queue ? { name: queue } : undefined,
    gitops: jobGitOps(job),
  };
}
