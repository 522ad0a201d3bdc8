import { isTerminal, type JobSummary } from '@ml-platform/rayjob';

/** What one can do about a job next: commands, each with what it does. */
export function nextSteps({
  name,
  state,
  gitops,
}: JobSummary): readonly (readonly [string, string])[] {
  if (state === 'awaiting-merge') {
    const url = gitops?.pullRequestUrl ?? '';
    return url ? [[url, 'merge the pull request to start it']] : [];
  }
  const logs = [`ml-platform logs ${name}`, 'read its log'] as const;
  if (isTerminal(state)) {
    return state === 'succeeded'
      ? [logs]
      : [logs, [`ml-platform retry ${name}`, 'run it again']];
  }
  return [
    [`ml-platform logs -f ${name}`, 'follow its log'],
    [`ml-platform stop ${name}`, 'stop it'],
  ];
}
