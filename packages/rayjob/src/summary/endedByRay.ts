import type { RayJob } from '../objects/kubernetes';
import { isTerminal, jobState } from '../state/jobState';
import type { JobSummary } from './types';

const ENDED = new Set(['SUCCEEDED', 'FAILED', 'STOPPED']);

/**
 * The last row of a job whose object is gone, with how its entrypoint ended:
 * Ray knows that some seconds before KubeRay closes the job.
 *
 * @param now - ISO 8601, for an end of which Ray does not tell the time
 */
export function endedByRay(
  last: JobSummary,
  { metadata, status = {} }: RayJob,
  now: string,
): JobSummary {
  const hasEnded =
    ENDED.has(status.jobStatus ?? '') &&
    status.jobDeploymentStatus !== 'Retrying';
  if (isTerminal(last.state) || !hasEnded) {
    return last;
  }
  const closed = { ...status, jobDeploymentStatus: 'Complete' };
  const { state, reason, message } = jobState({ metadata, status: closed });
  return {
    ...last,
    state,
    reason,
    message,
    startedAt: last.startedAt ?? status.startTime,
    endedAt: status.endTime ?? status.rayJobInfo?.endTime ?? now,
  };
}
