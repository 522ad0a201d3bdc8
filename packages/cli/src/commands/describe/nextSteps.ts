import { hasLog, isTerminal } from '@ml-platform/rayjob';
import type { JobDetail } from '@ml-platform/sdk';

type Step = readonly [command: string, what: string];

/** What one can do about a job next: commands, each with what it does. */
export function nextSteps(detail: JobDetail): readonly Step[] {
  const { name, state, reason, gitops } = detail.summary;
  if (state === 'awaiting-merge') {
    const url = gitops?.pullRequestUrl ?? '';
    return url ? [[url, 'merge the pull request to start it']] : [];
  }
  if (state === 'awaiting-sync') {
    return [];
  }
  const ended = isTerminal(state);
  const log: Step = ended
    ? [`ml-platform logs ${name}`, 'read its log']
    : [`ml-platform logs -f ${name}`, 'follow its log'];
  const logs = hasLog(detail) ? [log] : [];
  if (ended) {
    return state === 'succeeded'
      ? logs
      : [...logs, [`ml-platform retry ${name}`, 'run it again']];
  }
  return reason === 'Stopping'
    ? logs
    : [...logs, [`ml-platform stop ${name}`, 'stop it']];
}
