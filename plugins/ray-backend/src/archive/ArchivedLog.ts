import { isTerminal, type JobSummary } from '@ml-platform/rayjob';
import type { LogArchive } from '@ml-platform/backstage-plugin-ray-node';
import type { DriverCursor, RecalledLines } from '@ml-platform/sdk';
import type { LogEvent, LogOutcome, LogStart } from '../logs/logTypes';
import type { WrittenLog } from '../logs/numbered/numberedTypes';
import type { ArchiveClaims, ArchivedAttempt } from './ArchiveClaims';
import { archivedBeginning } from './archivedBeginning';
import { eventsOf, lastOf, tailOf, type Item } from './archivedItems';
import type { LogArchiver } from './LogArchiver';
import { LogParts } from './LogParts';
import { ReachedPlace } from './ReachedPlace';
import { recallLines } from './recallLines';

const BATCH = 500;
/** Lines from the end that are held to find where to begin. */
const LONGEST_TAIL = 20_000;

export interface ArchivedLogOptions {
  readonly archive: LogArchive;
  readonly claims: ArchiveClaims;
  /** Who archives logs in this process. */
  readonly writer?: Pick<LogArchiver, 'flush'>;
}

/** Reads the driver's log of a job from the archive. */
export class ArchivedLog {
  readonly #options: ArchivedLogOptions;

  constructor(options: ArchivedLogOptions) {
    this.#options = options;
  }

  /** Attempts of a job whose logs are complete, in order. */
  async attempts(job: JobSummary): Promise<readonly number[]> {
    const all = await this.#options.claims.attempts(job);
    return all
      .filter(({ state }) => state === 'done')
      .map(({ attempt }) => attempt);
  }

  /** How far the archive of one attempt is; `undefined` for one it lacks. */
  async stateOf(
    job: JobSummary,
    attempt: number,
  ): Promise<ArchivedAttempt['state'] | undefined> {
    const all = await this.#options.claims.attempts(job);
    return all.find(one => one.attempt === attempt)?.state;
  }

  /** True when all is there that the job's driver ever wrote. */
  async isComplete(job: JobSummary): Promise<boolean> {
    return (
      isTerminal(job.state) && (await this.attempts(job)).includes(job.attempt)
    );
  }

  /**
   * The log of one attempt, whose lines are read when they are asked for; `undefined`
   * where it isn't complete, or has no index.
   */
  async written(
    job: JobSummary,
    attempt: number,
  ): Promise<WrittenLog | undefined> {
    if ((await this.stateOf(job, attempt)) !== 'done') {
      return undefined;
    }
    const parts = new LogParts(this.#options.archive, { ...job, attempt });
    const index = await parts.index();
    return (
      index && {
        ...index,
        chunks: index.chunks.map(
          ({ first, lines, firstRun, latest, ...at }) => ({
            ...{ first, lines, firstRun, latest },
            load: () => parts.textOf({ ...at, lines }),
          }),
        ),
      }
    );
  }

  /** The log of one attempt, as far as it is there. */
  async *readOne(
    job: JobSummary,
    attempt: number,
    start: LogStart,
    signal: AbortSignal,
  ): AsyncGenerator<LogEvent, LogOutcome> {
    const { archive } = this.#options;
    const { tailLines, cursor } = start;
    const wanted = Math.min(tailLines ?? Infinity, LONGEST_TAIL);
    const log =
      tailLines !== undefined && !cursor
        ? await this.written(job, attempt)
        : undefined;
    if (log) {
      yield* eventsOf(await tailOf(log, wanted), attempt);
      return 'completed';
    }
    const lines = await new LogParts(archive, { ...job, attempt }).lines();
    if (!lines) {
      return 'not-found';
    }
    const reached = new ReachedPlace(cursor, attempt);
    let held: Item[] = [];
    let count = 0;
    for await (const archived of lines) {
      if (signal.aborted) {
        return 'read';
      }
      if (archived.kind === 'line') {
        const { kind, ...line } = archived;
        count += 1;
        if (reached.takes(line)) {
          held.push({ line, number: count });
        }
      } else if (archived.kind === 'gap' && reached.isPast) {
        const { kind, ...gap } = archived;
        held.push(gap);
      }
      if (tailLines === undefined && held.length >= BATCH) {
        yield* eventsOf(held, attempt);
        held = [];
      } else if (held.length > 2 * wanted + BATCH) {
        held = lastOf(held, wanted);
      }
    }
    yield* eventsOf(
      tailLines === undefined ? held : lastOf(held, wanted),
      attempt,
    );
    return 'completed';
  }

  /**
   * What is archived of a log that is still being written, to its last line.
   * @returns the place in the live log where it goes on; `undefined` where
   * nothing is archived
   */
  async *beginning(
    job: JobSummary,
    attempt: number,
    signal: AbortSignal,
  ): AsyncGenerator<LogEvent, DriverCursor | undefined> {
    const { archive, writer } = this.#options;
    const key = { ...job, attempt };
    await writer?.flush(key);
    const lines = await new LogParts(archive, key).lines();
    return yield* archivedBeginning(lines ?? [], attempt, signal);
  }

  /**
   * What the log of an attempt has up to a place in the live log; `undefined`
   * where the archive can't tell.
   */
  async recall(
    job: JobSummary,
    attempt: number,
    cursor: DriverCursor,
  ): Promise<RecalledLines | undefined> {
    const { archive, writer } = this.#options;
    const key = { ...job, attempt };
    try {
      await writer?.flush(key);
      const lines = await new LogParts(archive, key).lines();
      return lines && (await recallLines(lines, attempt, cursor));
    } catch {
      // The live log says then that it can't tell which lines come again.
      return undefined;
    }
  }

  /** The log of all attempts; continues from a place of the live log too. */
  async *read(
    job: JobSummary,
    start: LogStart,
    signal: AbortSignal,
  ): AsyncGenerator<LogEvent, LogOutcome> {
    const all = await this.#options.claims.attempts(job);
    const attempts = all
      .filter(({ state }) => state !== 'empty')
      .map(({ attempt }) => attempt);
    const first = firstAttempt(attempts, start);
    let last: number | undefined;
    for (const attempt of attempts.filter(number => number >= first)) {
      if (last !== undefined) {
        yield {
          type: 'gap',
          reason: `Attempt ${last} ended here; what follows is the log of attempt ${attempt}`,
        };
      }
      const end = yield* this.readOne(job, attempt, start, signal);
      if (end !== 'not-found') {
        last = attempt;
      } else if (
        all.some(one => one.attempt === attempt && one.state === 'done')
      ) {
        yield {
          type: 'gap',
          reason: `The log of attempt ${attempt} is no longer in ${this.#options.archive.name}`,
        };
      }
    }
    return last === undefined ? 'not-found' : 'completed';
  }
}

/** The end of a log is in its last attempt; a place without a time is too. */
function firstAttempt(
  attempts: readonly number[],
  { tailLines, cursor }: LogStart,
): number {
  const last = attempts[attempts.length - 1] ?? 0;
  if (cursor?.kind === 'archive') {
    return cursor.attempt;
  }
  const isCount = cursor?.kind === 'driver' && typeof cursor.place === 'number';
  return tailLines !== undefined || isCount ? last : 0;
}
