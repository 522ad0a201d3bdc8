import type { Pod, RayJob } from '../objects/kubernetes';
import { hasReported } from '../objects/rayClusterStatus';
import { RAY_LABEL_CLUSTER } from '../objects/rayLabels';
import { describeExit } from './exitCodes';
import { podsProblem, type PodProblem } from './podProblem';
import { refusedPod } from './refusals';
import { submitterStatuses } from './submitterContainer';

/** Why a job does not get on. */
export type Cause = PodProblem;

/** A SidecarMode submitter is never started again: KubeRay then waits for ever. */
function endedSubmitter(job: RayJob, pods: readonly Pod[]): Cause | undefined {
  if (job.spec?.submissionMode !== 'SidecarMode') {
    return undefined;
  }
  for (const { pod, status } of submitterStatuses(job, pods)) {
    const ended = status.state?.terminated;
    if (ended) {
      return {
        reason: 'SubmitterEnded',
        message: `The submitter in ${pod.metadata.name} ended with ${describeExit(
          ended.exitCode,
        )} before the Ray cluster was ready, and KubeRay doesn't start it again; look at its log, then delete the job and run it again`,
      };
    }
  }
  return undefined;
}

/**
 * A job that runs on a Ray cluster which exists, as its selector claims. Nothing in
 * the object says whether it does; KubeRay looks for it without end.
 */
function missingCluster({ spec, status }: RayJob): Cause | undefined {
  const name = spec?.clusterSelector?.[RAY_LABEL_CLUSTER];
  const begun = status?.jobDeploymentStatus === 'Initializing';
  return name === undefined || !begun || hasReported(status?.rayClusterStatus)
    ? undefined
    : {
        reason: 'WaitingForRayCluster',
        message: `Waits for the Ray cluster ${name}, which KubeRay has not found so far; check that it exists in this namespace, or correct spec.clusterSelector and run the job again`,
      };
}

/** What keeps a job from starting, as far as it can be known. */
export function startingCause(
  job: RayJob,
  pods: readonly Pod[],
): Cause | undefined {
  return (
    endedSubmitter(job, pods) ??
    podsProblem(pods, 'starting') ??
    refusedPod(job.status?.rayClusterStatus) ??
    missingCluster(job)
  );
}
