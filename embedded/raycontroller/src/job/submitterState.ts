import { submitterContainerName } from '../crd/labels';
import type { RayJobStatus } from '../crd/rayJob';
import type { Job, Pod } from '../kube/objects';
import { parseTime } from '@ml-platform/embedded-controller-runtime';

export interface SubmitterState {
  /** When the submitter came to its end, well or not. In ms. */
  readonly finishedAt?: number;
  /** The job's next status, where the submitter cannot submit any more. */
  readonly failed?: RayJobStatus;
}

/** What the Kubernetes Job that submits tells of the RayJob. */
export function jobSubmitterState(
  status: RayJobStatus,
  submitter: Job,
): SubmitterState {
  const holds = (type: string) =>
    submitter.status?.conditions?.find(
      condition => condition.type === type && condition.status === 'True',
    );
  const failed = holds('Failed');
  const finished = failed ?? holds('Complete');
  return {
    finishedAt: parseTime(finished?.lastTransitionTime),
    ...(failed && {
      failed: submissionFailed(
        status,
        `Job submission has failed. Reason: ${failed.reason ?? ''}. Message: ${failed.message ?? ''}`,
      ),
    }),
  };
}

/** The same of the container beside the head's, in SidecarMode. */
export function sidecarState(
  status: RayJobStatus,
  head: Pod | undefined,
): SubmitterState {
  if (!head) {
    return {
      failed: {
        ...status,
        jobDeploymentStatus: 'Failed',
        reason: 'AppFailed',
        message: 'Ray head pod not found.',
      },
    };
  }
  const end = head.status?.containerStatuses?.find(
    ({ name }) => name === submitterContainerName,
  )?.state?.terminated;
  return {
    finishedAt: parseTime(end?.finishedAt),
    ...(end &&
      end.exitCode !== 0 && {
        failed: submissionFailed(
          status,
          `Ray head pod container ${submitterContainerName} terminated with exit code ${end.exitCode}: ${end.reason ?? ''}`,
        ),
      }),
  };
}

/** A submitter also fails when the job that it follows does. */
function submissionFailed(status: RayJobStatus, message: string): RayJobStatus {
  const byJob = status.jobStatus === 'FAILED';
  return {
    ...status,
    jobDeploymentStatus: 'Failed',
    reason: byJob ? 'AppFailed' : 'SubmissionFailed',
    ...(!byJob && { message }),
  };
}
