import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import { isHttpUrl } from '@ml-platform/rayjob';

import { foreignText } from '../foreign/foreignText';

/** What somebody can do about a job's state. */
export interface NextStep {
  readonly severity: 'info' | 'warning' | 'error' | 'success';
  readonly title: string;
  readonly text: string;
  readonly link?: { readonly title: string; readonly to: string };
}

/** Reasons that hold a job up until somebody does something. */
const ADVICE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ImagePullBackOff:
      'Check that the image and its version exist, then run the job again.',
    ErrImagePull:
      'Check that the image and its version exist, then run the job again.',
    Unschedulable:
      'No node has room for a pod. Ask for less, or wait until other jobs end.',
    OOMKilled: 'A process needed more memory than its limit: ask for more.',
    CrashLoopBackOff:
      'A container ends as soon as it starts; its log says why.',
    DeadlineExceeded: 'Give the job more time, or make it do less.',
    ValidationFailed: 'Correct the manifest and start a new run.',
  }),
);

/** Reasons for which a job waits in vain until somebody does something. */
const STUCK: ReadonlySet<string> = new Set([
  'Deactivated',
  'ExceedsMaxQuota',
  'KueueNotInstalled',
  'QueueMissing',
  'QueueNotFound',
  'QueueStopped',
]);

/**
 * What happened and what to do next; nothing for a job that simply runs.
 * `logs` is the path of the logs tab.
 */
export function nextStep(
  { summary, gitops = summary.gitops }: JobDetail,
  logs: string,
): NextStep | undefined {
  const { state, reason, message } = summary;
  const { pullRequestUrl } = gitops ?? {};
  const pullRequestLink = (title: string) =>
    pullRequestUrl && isHttpUrl(pullRequestUrl)
      ? { title, to: pullRequestUrl }
      : undefined;
  const advice = ADVICE.get(foreignText(reason));
  switch (state) {
    case 'awaiting-merge':
      return {
        severity: 'info',
        title: 'This run starts when its pull request is merged',
        text: 'Review the manifest and merge; this page goes on by itself.',
        link: pullRequestLink('Open the pull request'),
      };
    case 'awaiting-sync':
      return {
        severity: 'info',
        title: 'Merged; on its way to the cluster',
        text: 'The next sync creates the job. Nothing is left to do.',
        link: pullRequestLink('Pull request'),
      };
    case 'failed':
      return {
        severity: 'error',
        title: `This run failed${reason ? ` (${reason})` : ''}`,
        text: [message, advice ?? 'The log says more.']
          .filter(Boolean)
          .join(' — '),
        link: { title: 'Read the log', to: logs },
      };
    case 'stopped':
      return {
        severity: 'info',
        title: 'This run was stopped',
        text: message ?? 'Its log stays readable; run it again to start over.',
        link: { title: 'Read the log', to: logs },
      };
    case 'queued':
    case 'suspended':
      return {
        severity: reason && STUCK.has(reason) ? 'warning' : 'info',
        title:
          reason === 'Queued' ? 'Waits in its queue' : (reason ?? 'Waiting'),
        text: message ?? 'This page goes on by itself.',
      };
    case 'retrying':
    case 'unknown':
      return {
        severity: 'info',
        title: reason ?? 'Waiting',
        text: message ?? 'This page goes on by itself.',
      };
    default:
      return advice
        ? {
            severity: 'warning',
            title: `Held up: ${reason}`,
            text: [message, advice].filter(Boolean).join(' — '),
            link: { title: 'Read the log', to: logs },
          }
        : undefined;
  }
}
