import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import {
  type LogEndReason,
  type LogLine,
} from '@ml-platform/backstage-plugin-ray-common';
import { isTerminal, type JobSummary } from '@ml-platform/rayjob';
import type {
  LogArchive,
  LogArchiveKey,
  RayLogEvent,
} from '@ml-platform/backstage-plugin-ray-node';
import {
  decodeLogCursor,
  encodeLogCursor,
  type LogCursor,
} from '@ml-platform/kube';
import type { LogStart } from '../logs/LogTopic';
import type { ArchiveClaims } from './ArchiveClaims';
import { parseArchiveLine } from './archiveText';

/** UID of the archive's own cursors: they count lines of an attempt. */
const ARCHIVE = 'archive';
const BATCH = 500;
/** Lines from the end that are held to find where to begin. */
const LONGEST_TAIL = 20_000;

/** Says of each line of an attempt whether it was read already. */
function alreadyRead(cursor: LogCursor | undefined, attempt: number) {
  let line = 0;
  let same = 0;
  let passed = false;
  return ({ time }: LogLine): boolean => {
    line += 1;
    if (!cursor || passed) {
      return false;
    }
    if (cursor.podUid === ARCHIVE) {
      return attempt < cursor.restartCount || line <= cursor.count;
    }
    if (cursor.time === '') {
      return line <= cursor.count;
    }
    // Of the live log: the same times stand in the archive.
    same += time === cursor.time ? 1 : 0;
    passed =
      time !== undefined &&
      (time > cursor.time || (time === cursor.time && same > cursor.count));
    return !passed;
  };
}

/** Reads the driver's log of a job from the archive. */
export class ArchivedLog {
  constructor(
    private readonly options: {
      readonly archive: LogArchive;
      readonly claims: ArchiveClaims;
    },
  ) {}

  /** Attempts of a job whose logs are there, in order. */
  attempts(job: JobSummary): Promise<readonly number[]> {
    return this.options.claims.archived(job);
  }

  /** True when all is there that the job's driver ever wrote. */
  async isComplete(job: JobSummary): Promise<boolean> {
    return (
      isTerminal(job.state) && (await this.attempts(job)).includes(job.attempt)
    );
  }

  /** True for a cursor that the archive gave out. */
  isPlace(cursor: string | undefined): boolean {
    return cursor?.startsWith(`${ARCHIVE}~`) ?? false;
  }

  /** The log of one attempt. */
  async *readOne(
    job: JobSummary,
    attempt: number,
    start: LogStart,
    signal: AbortSignal,
  ): AsyncGenerator<RayLogEvent, LogEndReason> {
    if (!(await this.attempts(job)).includes(attempt)) {
      return 'not-found';
    }
    const cursor = start.cursor ? decodeLogCursor(start.cursor) : undefined;
    yield* this.readAttempt({ ...job, attempt }, start, cursor, signal);
    return 'completed';
  }

  /** The log of all attempts; goes on from a place of the live log too. */
  async *read(
    job: JobSummary,
    start: LogStart,
    signal: AbortSignal,
  ): AsyncGenerator<RayLogEvent, LogEndReason> {
    const attempts = await this.attempts(job);
    const cursor = start.cursor ? decodeLogCursor(start.cursor) : undefined;
    const first = firstAttempt(attempts, start, cursor);
    let last: number | undefined;
    for (const attempt of attempts.filter(number => number >= first)) {
      if (last !== undefined) {
        yield {
          type: 'gap',
          reason: `Attempt ${last} ended here; what follows is the log of attempt ${attempt}`,
        };
      }
      last = attempt;
      yield* this.readAttempt({ ...job, attempt }, start, cursor, signal);
    }
    return last === undefined ? 'not-found' : 'completed';
  }

  private async *readAttempt(
    key: LogArchiveKey,
    { tailLines }: LogStart,
    cursor: LogCursor | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<RayLogEvent> {
    const packed = await this.options.archive.read(key);
    if (!packed) {
      yield {
        type: 'gap',
        reason: `The log of attempt ${key.attempt} is no longer in ${this.options.archive.name}`,
      };
      return;
    }
    // Errors come out of the unpacked stream, where they are awaited.
    const text = pipeline(packed, createGunzip(), () => {});
    const skip = alreadyRead(cursor, key.attempt);
    const wanted = Math.min(tailLines ?? Infinity, LONGEST_TAIL);
    let lines: LogLine[] = [];
    let count = 0;
    const batch = (): RayLogEvent => ({
      type: 'lines',
      lines,
      cursor: encodeLogCursor({
        podUid: ARCHIVE,
        container: 'driver',
        restartCount: key.attempt,
        time: '',
        count,
      }),
    });
    for await (const raw of linesOf(text)) {
      if (signal.aborted) {
        return;
      }
      count += 1;
      const line = parseArchiveLine(raw);
      if (!skip(line)) {
        lines.push(line);
      }
      if (tailLines === undefined && lines.length >= BATCH) {
        yield batch();
        lines = [];
      } else if (lines.length > 2 * wanted + BATCH) {
        lines = lastOf(lines, wanted);
      }
    }
    lines = tailLines === undefined ? lines : lastOf(lines, wanted);
    if (lines.length > 0) {
      yield batch();
    }
  }
}

/** @throws what the stream fails with */
async function* linesOf(text: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of text.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

function lastOf<T>(items: readonly T[], count: number): T[] {
  return items.slice(Math.max(0, items.length - count));
}

/** The end of a log is in its last attempt; a place without one is too. */
function firstAttempt(
  attempts: readonly number[],
  { tailLines }: LogStart,
  cursor: LogCursor | undefined,
): number {
  const last = attempts[attempts.length - 1] ?? 0;
  if (cursor?.podUid === ARCHIVE) {
    return cursor.restartCount;
  }
  return tailLines !== undefined || cursor?.time === '' ? last : 0;
}
