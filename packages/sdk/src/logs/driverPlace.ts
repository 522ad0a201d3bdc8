import {
  jobState,
  podRole,
  RAY_LABEL_CLUSTER,
  RAY_LABEL_ORIGIN_NAME,
  SUBMITTER_CONTAINER,
  type Pod,
  type RayJob,
} from '@ml-platform/rayjob';
import type { ContainerRef } from '@ml-platform/kube';

/** Where a job's driver log can be read now. */
export type DriverPlace =
  | { readonly kind: 'container'; readonly container: ContainerRef }
  | { readonly kind: 'ray'; readonly jobId: string }
  | { readonly kind: 'none'; readonly message: string };

function newest(pods: readonly Pod[]): Pod | undefined {
  return [...pods].sort((a, b) =>
    (b.metadata.creationTimestamp ?? '').localeCompare(
      a.metadata.creationTimestamp ?? '',
    ),
  )[0];
}

/**
 * Where the driver's output goes, by the job's submission mode: the submitter's
 * pod (K8sJobMode), the submitter beside the head (SidecarMode), or only Ray's
 * own Job API (HTTPMode, InteractiveMode).
 */
export function driverPlace(job: RayJob, pods: readonly Pod[]): DriverPlace {
  const namespace = job.metadata.namespace ?? 'default';
  const at = (pod: Pod | undefined, message: string): DriverPlace =>
    pod
      ? {
          kind: 'container',
          container: {
            namespace,
            pod: pod.metadata.name,
            container: SUBMITTER_CONTAINER,
          },
        }
      : { kind: 'none', message };
  switch (job.spec?.submissionMode || 'K8sJobMode') {
    case 'K8sJobMode':
      return at(
        newest(
          pods.filter(
            pod =>
              pod.metadata.labels?.[RAY_LABEL_ORIGIN_NAME] ===
                job.metadata.name && podRole(pod) === 'submitter',
          ),
        ),
        jobState(job, pods).message ?? 'The submitter has not started yet',
      );
    case 'SidecarMode':
      return at(
        newest(
          pods.filter(
            pod =>
              podRole(pod) === 'head' &&
              pod.metadata.labels?.[RAY_LABEL_CLUSTER] ===
                job.status?.rayClusterName,
          ),
        ),
        jobState(job, pods).message ?? 'The head has not started yet',
      );
    default:
      return job.status?.dashboardURL && job.status.jobStatus
        ? { kind: 'ray', jobId: job.status.jobId ?? '' }
        : {
            kind: 'none',
            message:
              jobState(job, pods).message ??
              'The entrypoint has not started yet',
          };
  }
}

/** What tells one place from another: the pod, or the id of Ray's job. */
export function placeId(place: DriverPlace): string | undefined {
  switch (place.kind) {
    case 'container':
      return place.container.pod;
    case 'ray':
      return place.jobId;
    default:
      return undefined;
  }
}
