import type {
  JobDetail,
  JobReview,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  hasLog,
  isHttpUrl,
  jobAdvice,
  troubledLog,
  type JobSummary,
} from '@ml-platform/rayjob';

import { foreignText } from '../foreign/foreignText';
import { freeText } from './freeText';
import { endingOf, endingProposal } from '../states/shownState';

/** What happened to a job, and what to do about it. */
export interface NextStep {
  readonly severity: 'info' | 'warning' | 'error' | 'success';
  readonly title: string;
  /** What happened, in a sentence. */
  readonly text: string;
  /** What to do. */
  readonly advice?: string;
  /** What else is known, a sentence each. */
  readonly details?: readonly string[];
  readonly link?: { readonly title: string; readonly to: string };
}

/** What the page can offer the reader. */
export interface Offers {
  /** Path of the logs tab, for a log or the driver's. */
  readonly logs: (source?: string) => string;
  /** Whether the reader may start another run of this job. */
  readonly canRunAgain: boolean;
  /** Whether the reader may read its logs. */
  readonly canReadLog: boolean;
}

/** Reasons for which a job waits until somebody acts. */
const STUCK: ReadonlySet<string> = new Set([
  'Deactivated',
  'ExceedsMaxQuota',
  'KueueNotInstalled',
  'QueueMissing',
  'QueueNotFound',
  'QueueStopped',
]);

const UPDATES = 'This page updates automatically.';

/** The sentences of a message: the cause, then what else is told. */
function sentences(message: string | undefined): readonly string[] {
  return foreignText(message)
    .split(/(?<=[^.]{3})\. (?=[A-Z][a-z])/)
    .filter(Boolean);
}

function linkTo(url: string | undefined, title: string): NextStep['link'] {
  return url && isHttpUrl(url) ? { title, to: url } : undefined;
}

/** What a pull request waits for, and whether somebody has to do something. */
function reviewed(
  review: JobReview | undefined,
): Pick<NextStep, 'severity'> & { readonly text?: string } {
  return {
    severity: review?.state === 'blocked' ? 'warning' : 'info',
    text: review && foreignText(review.waitsFor),
  };
}

/** What is under way to end the job, until that shows in its state. */
function ending(
  job: JobSummary,
  review: JobReview | undefined,
): NextStep | undefined {
  const proposal = endingProposal(job);
  if (proposal) {
    const { severity, text } = reviewed(review);
    return {
      severity,
      title: `A pull request to ${proposal.verb} this run waits to be merged`,
      text: ['The run goes on until then.', text].filter(Boolean).join(' '),
      link: linkTo(proposal.url, 'Open the pull request'),
    };
  }
  const what = endingOf(job);
  return (
    what && {
      severity: 'info',
      title: what === 'stopping' ? 'Stopping' : 'Deleting',
      text:
        job.reason === 'Stopping'
          ? `${foreignText(job.message)}. ${UPDATES}`
          : `The pull request is merged, and the next sync carries it out. ${UPDATES}`,
      link: linkTo(job.gitops?.pendingChange?.pullRequestUrl, 'Pull request'),
    }
  );
}

function readLog(
  detail: JobDetail,
  { logs, canReadLog }: Offers,
): NextStep['link'] {
  const source = troubledLog(detail, detail.summary.reason);
  return canReadLog && hasLog(detail)
    ? { title: 'Read the log', to: logs(source) }
    : undefined;
}

/** A job that has a problem, or had one. */
function troubled(
  detail: JobDetail,
  offers: Offers,
  fallback: string,
): Pick<NextStep, 'text' | 'advice' | 'details' | 'link'> {
  const { summary, free } = detail;
  const room = free && freeText(free, summary.resources);
  const [text = fallback, ...more] = sentences(summary.message);
  return {
    text,
    advice: jobAdvice(summary, offers.canRunAgain)?.text,
    details: room ? [room, ...more] : more,
    link: readLog(detail, offers),
  };
}

function failed(detail: JobDetail, offers: Offers): NextStep {
  const { summary } = detail;
  const title = jobAdvice(summary)?.title;
  return {
    severity: 'error',
    title: title ? `This run failed: ${title}` : 'This run failed',
    ...troubled(detail, offers, 'KubeRay says no more about it.'),
  };
}

/**
 * What happened and what to do next. Undefined for a job that runs normally.
 */
export function nextStep(
  detail: JobDetail,
  offers: Offers,
): NextStep | undefined {
  const { summary, gitops = summary.gitops, review } = detail;
  const { state, reason, message } = summary;
  switch (state) {
    case 'awaiting-merge': {
      const {
        severity,
        text = `Review the manifest and merge the pull request. ${UPDATES}`,
      } = reviewed(review);
      return {
        severity,
        title: 'This run starts when its pull request is merged',
        text,
        link: linkTo(gitops?.pullRequestUrl, 'Open the pull request'),
      };
    }
    case 'awaiting-sync':
      return {
        severity: 'info',
        title: 'Merged, waiting for the next sync',
        text: "The next sync creates the job. You don't need to do anything.",
        link: linkTo(gitops?.pullRequestUrl, 'Pull request'),
      };
    case 'failed':
      return failed(detail, offers);
    case 'stopped':
      return {
        severity: 'info',
        title: 'This run was stopped',
        ...troubled(detail, offers, 'Somebody stopped it.'),
      };
    default:
      break;
  }
  const advice = jobAdvice(summary, offers.canRunAgain);
  const end = ending(summary, review);
  if (end) {
    return end;
  }
  switch (state) {
    case 'queued':
    case 'suspended':
      return {
        severity: reason && STUCK.has(reason) ? 'warning' : 'info',
        title: advice?.title ?? 'Waiting',
        text: message ?? UPDATES,
        advice: advice?.text,
      };
    case 'retrying':
      return {
        severity: 'info',
        title: advice
          ? `Trying again after a failure: ${advice.title}`
          : 'Trying again after a failure',
        text: message ?? UPDATES,
        link: readLog(detail, offers),
      };
    case 'unknown':
      return {
        severity: 'info',
        title: 'Its state is unclear',
        text: message ?? UPDATES,
      };
    default:
      return advice
        ? {
            severity: 'warning',
            title: advice.title,
            ...troubled(detail, offers, UPDATES),
          }
        : undefined;
  }
}
