import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import { isTerminal, type JobAttempt } from '@ml-platform/rayjob';

/** What a part of a job's time went to. */
export type TimeUse =
  'git' | 'queue' | 'node' | 'pull' | 'start' | 'run' | 'attempt';

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

/** An attempt that another followed: nothing tells when its program started. */
const earlier = ({ startedAt, endedAt }: JobAttempt) =>
  part('attempt', time(startedAt), time(endedAt));

/**
 * The time until the program runs: the head's pod waits for its node, its image is pulled
 * (and its volumes are mounted), and the Ray cluster gets ready.
 *
 * @param end - when the program started, or the end of what is known
 */
function untilRun(
  { pods }: JobDetail,
  start: number,
  end: number,
): readonly TimePart[] {
  // An earlier attempt's may still be there.
  const head = pods.find(
    ({ role, createdAt }) => role === 'head' && time(createdAt) >= start,
  );
  if (!head) {
    return part('start', start, end);
  }
  const within = (at: string | undefined) =>
    Math.min(end, Math.max(start, time(at) || end));
  const scheduled = within(head.scheduledAt);
  // Of a container that was restarted, nothing tells when it first started.
  const isRestarted = head.containers.some(one => one.restartCount > 0);
  const pulled = isRestarted ? scheduled : within(head.startedAt);
  return [
    ...part('node', start, scheduled),
    ...part('pull', scheduled, pulled),
    ...part('start', Math.max(scheduled, pulled), end),
  ];
}

/** The time before the first attempt. */
function before(
  { summary, gitops, live }: JobDetail,
  start: number,
  now: number,
) {
  const { name, createdAt, queue } = summary;
  const created = time(createdAt);
  const isGit = gitops ?? summary.gitops;
  const asked = isGit ? askedAt(name) : NaN;
  const inGit = !live && !isTerminal(summary.state);
  return [
    ...part('git', asked, inGit ? now : created),
    ...(queue && !inGit ? part('queue', created, start) : []),
  ];
}

/**
 * Where the time of a job went: to review and sync, the queue, a node, the image, the start
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
        ...untilRun(detail, start, Number.isNaN(run) ? end : run),
        ...part('run', run, end),
      ];
  const firstStart = time(first?.startedAt) || now;
  const rows = [...attempts.slice(0, -1).map(earlier), current].map(
    (parts, i): AttemptTimes => ({
      attempt: attempts[i]?.attempt ?? summary.attempt,
      parts: i === 0 ? [...before(detail, firstStart, now), ...parts] : parts,
    }),
  );
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
