import { isFaultTolerant } from '../crd/features';
import type { RayCluster } from '../crd/rayCluster';
import {
  isDeploymentTerminal,
  isJobTerminal,
  type RayJob,
  type RayJobStatus,
} from '../crd/rayJob';
import { isDead } from '../cluster/clusterPods';
import type { Pod } from '../kube/objects';

/*
 * A Ray job lives in its head. When the head is lost (evicted, deleted, or the
 * machine was switched off), a new one knows nothing of the job, and the next
 * try of the submitter would run the entrypoint again from its start, unasked
 * and untold. So a job that Ray was seen to have is over with its head: this
 * attempt ends as Failed, and `backoffLimit` decides whether there is another.
 * Where GCS fault tolerance keeps the head's state, nothing of this applies.
 */

/** Whether Ray has told of the job, so that it had been on the present head. */
function wasSeen(status: RayJobStatus | undefined): boolean {
  return status?.jobDeploymentStatus === 'Running' && Boolean(status.jobStatus);
}

/** Whether no new head of this cluster could be of use to the job. */
export function isLastHead(job: RayJob, cluster: RayCluster): boolean {
  const { status } = job;
  return (
    !isFaultTolerant(cluster.spec, cluster.metadata.annotations) &&
    (wasSeen(status) ||
      isDeploymentTerminal(status?.jobDeploymentStatus) ||
      status?.jobDeploymentStatus === 'Retrying')
  );
}

/**
 * How the head on which the job was seen got lost; undefined where it is there.
 *
 * @param head - the cluster's head pod, if there is one
 */
export function lostHead(
  job: RayJob,
  cluster: RayCluster | undefined,
  head: Pod | undefined,
): string | undefined {
  const { status } = job;
  if (!wasSeen(status)) {
    return undefined;
  }
  if (!cluster) {
    return `RayCluster ${status?.rayClusterName} was deleted`;
  }
  if (isFaultTolerant(cluster.spec, cluster.metadata.annotations)) {
    return undefined;
  }
  const before = status?.rayClusterStatus?.head?.podName;
  if (!head) {
    return `Ray head pod ${before ?? ''} not found`.replace('  ', ' ');
  }
  if (before !== undefined && before !== head.metadata.name) {
    return `Ray head pod ${before} was replaced by ${head.metadata.name}`;
  }
  if (!isDead(head)) {
    return undefined;
  }
  const { phase, reason, message } = head.status ?? {};
  const why = [reason, message].filter(Boolean).join(': ');
  return `Ray head pod ${head.metadata.name} ended as ${phase}${why && ` (${why})`}`;
}

/** The status of a job whose head is lost. */
export function lostHeadStatus(
  status: RayJobStatus,
  how: string,
): RayJobStatus {
  if (isJobTerminal(status.jobStatus)) {
    // It had ended; only the submitter had not been heard of yet.
    const failed = status.jobStatus === 'FAILED';
    return {
      ...status,
      jobDeploymentStatus: failed ? 'Failed' : 'Complete',
      reason: failed ? 'AppFailed' : undefined,
    };
  }
  return {
    ...status,
    jobDeploymentStatus: 'Failed',
    reason: 'AppFailed',
    message: `The job was ${status.jobStatus} when its head was lost, and cannot go on: ${how}.`,
  };
}
