import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  jobPage,
  type RayJobNotice,
} from '@ml-platform/backstage-plugin-ray-node';
import { jobId, shorten } from '@ml-platform/rayjob';
import { inWords } from './inWords';

/** Longest description, in characters: it is read at a glance. */
const LONGEST = 400;
/** Longest title and scope that Backstage's table takes. */
const LONGEST_COLUMN = 255;

type Payload = NotificationSendOptions['payload'];

/**
 * What a kind of notice says. Topics are what people switch off in their settings, where
 * Backstage shows them as text: `job-waits-long` as "Job waits long".
 */
type Words = Required<
  Pick<Payload, 'topic' | 'severity' | 'title' | 'description'>
>;

function ended({ job }: RayJobNotice): Words {
  const { name, state, message, startedAt, endedAt } = job;
  const took =
    startedAt && endedAt
      ? ` after ${inWords(Date.parse(endedAt) - Date.parse(startedAt))}`
      : '';
  const topic = 'job-ended';
  return state === 'succeeded'
    ? {
        topic,
        severity: 'normal',
        title: `${name} succeeded`,
        description: `The job ended${took}.`,
      }
    : {
        topic,
        severity: 'low',
        title: `${name} was stopped`,
        description: message ?? `The job was stopped${took}.`,
      };
}

function failed({ job }: RayJobNotice): Words {
  return {
    topic: 'job-failed',
    severity: 'high',
    title: `${job.name} failed`,
    description: job.message ?? 'The cause is unknown; read the log.',
  };
}

function waits({
  job,
  waitedMs,
  usualMs,
}: RayJobNotice & { readonly kind: 'waits' }): Words {
  const usual =
    usualMs === undefined
      ? ''
      : `; ${job.workload} usually starts after ${inWords(usualMs)}`;
  const why = job.message ? `. ${job.message}` : '';
  return {
    topic: 'job-waits-long',
    severity: 'normal',
    title: `${job.name} waits ${usual ? 'longer than usual' : 'long'} to start`,
    description: `It has waited for ${inWords(waitedMs)}${usual}${why}`,
  };
}

/** What a job does until its pull request is merged. */
const UNTIL_MERGED = {
  run: 'The job starts once it is merged.',
  stop: 'The job runs on until it is merged.',
  delete: 'The job is deleted once it is merged.',
} as const;

function pullRequest({
  job,
  verb,
  url,
  openMs,
}: RayJobNotice & { readonly kind: 'pull-request' }): Words {
  const which = url ? `The pull request ${url}` : 'The pull request';
  return {
    topic: 'pull-request-waits',
    severity: 'normal',
    title: `${job.name} needs its pull request merged`,
    description: `${which} has been open for ${inWords(openMs)}. ${UNTIL_MERGED[verb]}`,
  };
}

function wordsOf(notice: RayJobNotice): Words {
  switch (notice.kind) {
    case 'failed':
      return failed(notice);
    case 'waits':
      return waits(notice);
    case 'pull-request':
      return pullRequest(notice);
    default:
      return ended(notice);
  }
}

/**
 * A notice as Backstage's notification to the job's owner. All of one job have one scope:
 * the later takes the place of the one before.
 */
export function toNotification(notice: RayJobNotice): NotificationSendOptions {
  const { job } = notice;
  const words = wordsOf(notice);
  return {
    recipients: { type: 'entity', entityRef: job.owner ?? [] },
    payload: {
      ...words,
      title: shorten(words.title, LONGEST_COLUMN),
      description: shorten(words.description, LONGEST),
      link: jobPage(job),
      scope: `job:${jobId(job)}`.slice(-LONGEST_COLUMN),
    },
  };
}
