import {
  jobState,
  RAY_LABEL_CLUSTER,
  RAY_LABEL_ORIGIN_NAME,
  submitterContainer,
  type Pod,
  type RayJob,
} from '@ml-platform/rayjob';
import type { ContainerRef } from '@ml-platform/kube';

/** A submitter's container, and the pod that it is in. */
export interface SubmitterPlace extends ContainerRef {
  readonly podUid: string;
  /** RFC 3339, once it runs. */
  readonly startedAt?: string;
  /** True where Ray's command line runs in it, which tells where it begins. */
  readonly isRayCli: boolean;
}

/** Where a job's driver log can be read now. */
export type DriverPlace =
  | {
      readonly kind: 'submitter';
      /** The submitters of the current run that are still there, in order. */
      readonly submitters: readonly [...SubmitterPlace[], SubmitterPlace];
    }
  | { readonly kind: 'ray'; readonly jobId: string }
  | { readonly kind: 'none'; readonly message: string };

const createdAt = (pod: Pod) => pod.metadata.creationTimestamp ?? '';

/** Variable of a submitter's container that names the run in Ray. */
const SUBMISSION_ID = 'RAY_JOB_SUBMISSION_ID';

/** False for a pod of another job, or of a run that is over. */
function belongs(job: RayJob, pod: Pod): boolean {
  const { labels } = pod.metadata;
  const { jobId } = job.status ?? {};
  const submits = pod.spec?.containers
    ?.flatMap(({ env = [] }) => env)
    .find(({ name }) => name === SUBMISSION_ID)?.value;
  if (jobId && submits && submits !== jobId) {
    return false;
  }
  return job.spec?.submissionMode === 'SidecarMode'
    ? labels?.[RAY_LABEL_CLUSTER] === job.status?.rayClusterName
    : labels?.[RAY_LABEL_ORIGIN_NAME] === job.metadata.name;
}

function startedAt(pod: Pod, container: string): string | undefined {
  const { running, terminated } =
    pod.status?.containerStatuses?.find(({ name }) => name === container)
      ?.state ?? {};
  return running?.startedAt ?? terminated?.startedAt;
}

function runsRayCli(pod: Pod, container: string): boolean {
  const { command = [], args = [] } =
    pod.spec?.containers?.find(({ name }) => name === container) ?? {};
  return [...command, ...args].some(part => part.includes('ray job logs'));
}

function submittersOf(job: RayJob, pods: readonly Pod[]): SubmitterPlace[] {
  const namespace = job.metadata.namespace ?? 'default';
  return pods
    .filter(pod => belongs(job, pod))
    .sort((a, b) => createdAt(a).localeCompare(createdAt(b)))
    .flatMap(pod => {
      const { name, uid = name } = pod.metadata;
      const container = submitterContainer(job, pod);
      return container
        ? [
            {
              ...{ namespace, pod: name, podUid: uid, container },
              startedAt: startedAt(pod, container),
              isRayCli: runsRayCli(pod, container),
            },
          ]
        : [];
    });
}

/**
 * Where the driver's output goes, by the job's submission mode: the submitter's
 * pod (K8sJobMode), the submitter beside the head (SidecarMode), or only Ray's
 * own file (HTTPMode, InteractiveMode).
 */
export function driverPlace(job: RayJob, pods: readonly Pod[]): DriverPlace {
  const { spec, status } = job;
  const none = (message: string): DriverPlace => ({
    kind: 'none',
    message: jobState(job, pods).message ?? message,
  });
  switch (spec?.submissionMode || 'K8sJobMode') {
    case 'K8sJobMode':
    case 'SidecarMode': {
      const submitters = submittersOf(job, pods);
      const last = submitters.pop();
      return last
        ? { kind: 'submitter', submitters: [...submitters, last] }
        : none('The submitter has not started yet');
    }
    default:
      return status?.dashboardURL && status.jobStatus
        ? { kind: 'ray', jobId: status.jobId ?? '' }
        : none('The entrypoint has not started yet');
  }
}
