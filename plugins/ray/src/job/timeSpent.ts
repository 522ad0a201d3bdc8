import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import {
  isTerminal,
  type AttemptHead,
  type JobAttempt,
} from '@ml-platform/rayjob';

/**
 * What a part of a job's time went to. Where it isn't known what came between, one part
 * stands for several: `git` for review and sync, `attempt` for start and run.
 */
export type TimeUse =
  | 'review'
  | 'sync'
  | 'git'
  | 'queue'
  | 'node'
  | 'pull'
  | 'start'
  | 'run'
  | 'attempt';

/** A part of a job's time, in milliseconds since 1970. */
export interface TimePart {
  readonly use: TimeUse;
  readonly from: number;
  readonly to: number;
}

/** Where the time of an attempt went, in order. */
export interface AttemptTimes {
  readonly attempt: number;
  readonly parts: readonly TimePart[];
}

const ASKED_AT = /-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/;

/** When a run was asked for, by its name (UTC). */
function askedAt(name: string): number {
  const [, ...parts] = ASKED_AT.exec(name) ?? [];
  const [year, month, day, hour, minute, second] = parts.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const time = (at: string | undefined) => Date.parse(at ?? '');

function part(use: TimeUse, from: number, to: number): readonly TimePart[] {
  // Clocks of different machines may disagree by a little.
  return to - from >= 1_000 ? [{ use, from, to }] : [];
}

/** A stretch of time, in milliseconds since 1970. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The time until the program runs: the head's pod waits for its node, its image is pulled
 * (and its volumes are mounted), and the Ray cluster gets ready.
 *
 * @param span - until the program started, or the end of what is known
 * @param head - the head of that attempt, if it is known
 * @param rest - what came after the image
 */
function untilRun(
  { from, to }: Span,
  head: AttemptHead | undefined,
  rest: TimeUse,
): readonly TimePart[] {
  if (!head) {
    return part(rest, from, to);
  }
  const within = (at: string | undefined) =>
    Math.min(to, Math.max(from, time(at) || to));
  const scheduled = within(head.scheduledAt);
  const pulled = within(head.startedAt);
  return [
    ...part('node', from, scheduled),
    ...part('pull', scheduled, pulled),
    ...part(rest, Math.max(scheduled, pulled), to),
  ];
}

/** The head that was created in a time: those of several attempts may be there. */
function headOf(
  { pods }: JobDetail,
  { from, to }: Span,
): AttemptHead | undefined {
  const head = pods.find(
    ({ role, createdAt }) =>
      role === 'head' && time(createdAt) >= from && time(createdAt) <= to,
  );
  // Of a container that was restarted, nothing tells when it first started.
  return head?.containers.some(one => one.restartCount > 0)
    ? { ...head, startedAt: head.scheduledAt }
    : head;
}

/** An attempt that another followed. */
function earlier(detail: JobDetail, attempt: JobAttempt): readonly TimePart[] {
  const from = time(attempt.startedAt);
  const to = time(attempt.endedAt);
  const run = time(attempt.entrypointStartedAt);
  const head = attempt.head ?? headOf(detail, { from, to });
  return Number.isNaN(run)
    ? untilRun({ from, to }, head, 'attempt')
    : [...untilRun({ from, to: run }, head, 'start'), ...part('run', run, to)];
}

/** The time in git. */
function inGit(
  { summary, gitops = summary.gitops }: JobDetail,
  until: number,
): readonly TimePart[] {
  if (!gitops) {
    return [];
  }
  const asked = askedAt(summary.name);
  if (summary.state === 'awaiting-merge') {
    return part('review', asked, until);
  }
  const merged = time(gitops.mergedAt ?? summary.gitops?.mergedAt);
  return Number.isNaN(merged)
    ? part('git', asked, until)
    : [
        ...part('review', asked, Math.min(merged, until)),
        ...part('sync', merged, until),
      ];
}

/** The time before the first attempt. */
function before(detail: JobDetail, start: number, now: number) {
  const { state, createdAt, queue } = detail.summary;
  const created = time(createdAt);
  const isInGit = !detail.live && !isTerminal(state);
  return [
    ...inGit(detail, isInGit ? now : created),
    ...(queue && !isInGit ? part('queue', created, start) : []),
  ];
}

/**
 * Where the time of a job went: to review, sync, the queue, a node, the image, the start
 * of the Ray cluster, and the run, for each attempt as far as it is known.
 *
 * @param now - the end of what goes on, in milliseconds since 1970
 */
export function timeSpent(
  detail: JobDetail,
  now: number,
): readonly AttemptTimes[] {
  const { summary, attempts } = detail;
  const { state, startedAt, endedAt } = summary;
  const end = isTerminal(state) ? time(endedAt) : now;
  const [first] = attempts;
  const last = attempts.at(-1);
  const start = time(last?.startedAt);
  const run = time(startedAt);
  const waits = state === 'queued' || state === 'suspended';
  const current: readonly TimePart[] = waits
    ? []
    : [
        ...untilRun(
          { from: start, to: Number.isNaN(run) ? end : run },
          headOf(detail, { from: start, to: Infinity }),
          'start',
        ),
        ...part('run', run, end),
      ];
  const firstStart = time(first?.startedAt) || now;
  const rows = [
    ...attempts.slice(0, -1).map(attempt => earlier(detail, attempt)),
    current,
  ].map((parts, i): AttemptTimes => ({
    attempt: attempts[i]?.attempt ?? summary.attempt,
    parts: i === 0 ? [...before(detail, firstStart, now), ...parts] : parts,
  }));
  return rows.filter(({ parts }) => parts.length > 0);
}

/** Milliseconds that a job and its likes took, from its creation on. */
export interface UsualTimes {
  /** Until the program runs. */
  readonly wait: number;
  /** Of the program. */
  readonly run: number;
  /** Number of runs that it is the median of. */
  readonly runs: number;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** Fewer runs than this say nothing about what is usual. */
const FEWEST = 3;

/** The median times of runs that ended; `undefined` for too few of them. */
export function usualTimes(
  runs: readonly Pick<
    JobDetail['summary'],
    'createdAt' | 'startedAt' | 'endedAt'
  >[],
): UsualTimes | undefined {
  const known = runs.flatMap(({ createdAt, startedAt, endedAt }) => {
    const wait = time(startedAt) - time(createdAt);
    const run = time(endedAt) - time(startedAt);
    return wait >= 0 && run >= 0 ? [{ wait, run }] : [];
  });
  return known.length < FEWEST
    ? undefined
    : {
        wait: median(known.map(({ wait }) => wait)),
        run: median(known.map(({ run }) => run)),
        runs: known.length,
      };
}
