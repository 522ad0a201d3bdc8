import type {
  Container,
  ContainerStatus,
  Pod,
  RayJob,
} from '../objects/kubernetes';
import { RAY_LABEL_NODE_TYPE, SUBMITTER_CONTAINER } from '../objects/rayLabels';

/** Variable that KubeRay sets on the container that submits, and on no other. */
const SUBMISSION_ID = 'RAY_JOB_SUBMISSION_ID';

function named(containers: readonly Container[], name: string) {
  return containers.find(container => container.name === name)?.name;
}

function marked(containers: readonly Container[]) {
  return containers.find(({ env }) =>
    env?.some(({ name }) => name === SUBMISSION_ID),
  )?.name;
}

/**
 * Name of the container that submits a job's entrypoint and prints what it
 * writes; `undefined` for a pod that doesn't submit.
 *
 * In K8sJobMode KubeRay submits from the first container of the job's own
 * `submitterPodTemplate`, whatever its name. The pod can't be asked for its
 * first container: a webhook may have put another before it, as Istio does. In
 * SidecarMode KubeRay adds a container of a fixed name to the head's pod.
 *
 * Source: KubeRay 1.7, `getSubmitterTemplate` and `constructRayClusterForRayJob`.
 */
export function submitterContainer(
  job: Pick<RayJob, 'spec'>,
  pod: Pod,
): string | undefined {
  const containers = pod.spec?.containers ?? [];
  const nodeType = pod.metadata.labels?.[RAY_LABEL_NODE_TYPE];
  switch (job.spec?.submissionMode || 'K8sJobMode') {
    case 'K8sJobMode': {
      if (nodeType) {
        return undefined;
      }
      const template = job.spec?.submitterPodTemplate?.spec?.containers?.[0];
      return (
        named(containers, template?.name ?? SUBMITTER_CONTAINER) ??
        marked(containers) ??
        containers[0]?.name
      );
    }
    case 'SidecarMode':
      return nodeType === 'head'
        ? named(containers, SUBMITTER_CONTAINER)
        : undefined;
    default:
      return undefined;
  }
}

/** The statuses of the containers that submit a job, each with its pod. */
export function submitterStatuses(
  job: Pick<RayJob, 'spec'>,
  pods: readonly Pod[],
): readonly { readonly pod: Pod; readonly status: ContainerStatus }[] {
  return pods.flatMap(pod => {
    const submitter = submitterContainer(job, pod);
    const status = pod.status?.containerStatuses?.find(
      ({ name }) => submitter !== undefined && name === submitter,
    );
    return status ? [{ pod, status }] : [];
  });
}

/**
 * Whether a job's submitter runs or has run. In SidecarMode it does so while the
 * job is still Initializing: the head's pod starts it, and it submits as soon as
 * the head answers.
 */
export function submitterStarted(
  job: Pick<RayJob, 'spec'>,
  pods: readonly Pod[],
): boolean {
  return submitterStatuses(job, pods).some(
    ({ status: { state, lastState } }) =>
      state?.running ?? state?.terminated ?? lastState?.terminated,
  );
}
