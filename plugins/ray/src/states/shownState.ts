import StopIcon from '@material-ui/icons/Stop';
import { isTerminal, type JobSummary } from '@ml-platform/rayjob';
import { stateLook, type StateLook } from './stateLook';

/** What is under way to end a job, before it shows what came of it. */
export function endingOf({
  state,
  reason,
  gitops,
}: JobSummary): 'stopping' | 'deleting' | undefined {
  if (isTerminal(state)) {
    return undefined;
  }
  const change = gitops?.pendingChange;
  if (change?.merged && change.verb !== 'retry') {
    return change.verb === 'delete' ? 'deleting' : 'stopping';
  }
  return reason === 'Stopping' ? 'stopping' : undefined;
}

/** Web page of an open pull request that stops or deletes a job. */
export function endingProposal({
  gitops,
}: JobSummary): { readonly verb: string; readonly url: string } | undefined {
  const change = gitops?.pendingChange;
  return change && change.verb !== 'retry' && !change.merged
    ? { verb: change.verb, url: change.pullRequestUrl }
    : undefined;
}

const ENDING = {
  stopping: { label: 'Stopping', icon: StopIcon, tone: 'waiting' },
  deleting: { label: 'Deleting', icon: StopIcon, tone: 'waiting' },
} as const;

/** How a job looks: its state or, until that changes, what ends it. */
export function jobLook(job: JobSummary): StateLook {
  const ending = endingOf(job);
  return ending ? ENDING[ending] : stateLook(job.state);
}
