import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import { isHttpUrl } from '@ml-platform/rayjob';

import { foreignText } from '../foreign/foreignText';

/** What to do about the state of a job. */
export interface NextStep {
  readonly severity: 'info' | 'warning' | 'error' | 'success';
  readonly title: string;
  readonly text: string;
  readonly link?: { readonly title: string; readonly to: string };
}

/** Reasons that keep a job from running until somebody acts, with what to do. */
const ADVICE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ImagePullBackOff:
      'Check that the image and its version exist, then run the job again.',
    ErrImagePull:
      'Check that the image and its version exist, then run the job again.',
    Unschedulable:
      'No node has room for a pod. Request less, or wait until other jobs end.',
    OOMKilled: 'A process exceeded its memory limit. Request more memory.',
    CrashLoopBackOff:
      'A container exits right after it starts. Its log says why.',
    DeadlineExceeded: 'Give the job more time or less work.',
    ValidationFailed: 'Correct the manifest and start a new run.',
  }),
);

/** Reasons for which a job waits until somebody acts. */
const STUCK: ReadonlySet<string> = new Set([
  'Deactivated',
  'ExceedsMaxQuota',
  'KueueNotInstalled',
  'QueueMissing',
  'QueueNotFound',
  'QueueStopped',
]);

/**
 * What happened and what to do next. Undefined for a job that runs normally.
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
        text: 'Review the manifest and merge the pull request. This page updates automatically.',
        link: pullRequestLink('Open the pull request'),
      };
    case 'awaiting-sync':
      return {
        severity: 'info',
        title: 'Merged, waiting for the next sync',
        text: "The next sync creates the job. You don't need to do anything.",
        link: pullRequestLink('Pull request'),
      };
    case 'failed':
      return {
        severity: 'error',
        title: `This run failed${reason ? ` (${reason})` : ''}`,
        text: [message, advice ?? 'For details, read the log.']
          .filter(Boolean)
          .join(' — '),
        link: { title: 'Read the log', to: logs },
      };
    case 'stopped':
      return {
        severity: 'info',
        title: 'This run was stopped',
        text: message ?? 'You can still read its log, or run it again.',
        link: { title: 'Read the log', to: logs },
      };
    case 'queued':
    case 'suspended':
      return {
        severity: reason && STUCK.has(reason) ? 'warning' : 'info',
        title:
          reason === 'Queued' ? 'Waiting in its queue' : (reason ?? 'Waiting'),
        text: message ?? 'This page updates automatically.',
      };
    case 'retrying':
    case 'unknown':
      return {
        severity: 'info',
        title: reason ?? 'Waiting',
        text: message ?? 'This page updates automatically.',
      };
    default:
      return advice
        ? {
            severity: 'warning',
            title: `Needs attention: ${reason}`,
            text: [message, advice].filter(Boolean).join(' — '),
            link: { title: 'Read the log', to: logs },
          }
        : undefined;
  }
}
