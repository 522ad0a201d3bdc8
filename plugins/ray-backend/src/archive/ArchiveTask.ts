import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  LogArchive,
  LogArchiveKey,
} from '@ml-platform/backstage-plugin-ray-node';
import type { PodLogEnd } from '@ml-platform/kube';
import type {
  DriverCursor,
  DriverLogEvent,
  KnownLines,
  Run,
} from '@ml-platform/sdk';
import type { ArchiveClaims } from './ArchiveClaims';
import { AttemptArchive } from './AttemptArchive';

/** Milliseconds of silence after which a log lets others have its turn. */
const SILENT = 5_000;
/** Milliseconds after which any log does. */
const LONGEST = 30_000;

/** Opens the driver's log of one run, to follow it until the run is over. */
export type RunLogOpener = (options: {
  readonly key: LogArchiveKey;
  readonly run: Run;
  readonly cursor?: DriverCursor;
  readonly known: KnownLines;
  readonly signal: AbortSignal;
}) => AsyncGenerator<DriverLogEvent, PodLogEnd>;

export interface ArchiveTaskOptions {
  readonly archive: LogArchive;
  readonly claims: ArchiveClaims;
  readonly clock: () => Date;
  readonly maxBytes: number;
  readonly openLog: RunLogOpener;
}

/** How a turn ended: `paused` for a log of which more may come. */
export type TurnEnd = 'finished' | 'theirs' | 'paused';

/** What comes next in a log; nothing when it has ended, or its job is gone. */
async function nextOf(
  log: ReturnType<RunLogOpener>,
): Promise<DriverLogEvent | undefined> {
  try {
    const next = await log.next();
    return next.done ? undefined : next.value;
  } catch (error) {
    if (error instanceof NotFoundError) {
      return undefined;
    }
    throw error;
  }
}

/** Why a turn is cut short. */
type Cut = 'paused' | 'theirs' | Error;

/** How far an attempt is; `starting` until Ray has told of its entrypoint. */
export type ArchiveStage = 'starting' | 'running' | 'ended';

/** The archiving of one attempt's log, in any number of turns. */
export class ArchiveTask {
  readonly key: LogArchiveKey;
  stage: ArchiveStage;
  /** Turns that failed, one after the other. */
  failures = 0;
  /** True once the job is no longer on its cluster. */
  isGone = false;
  /** True once there is nothing left to do. */
  isFinished = false;
  readonly #run: Run;
  readonly #options: ArchiveTaskOptions;
  #attempt: AttemptArchive | undefined;
  #cut: ((cut: Cut) => void) | undefined;
  #begunAt = 0;
  #lineAt = 0;

  constructor(
    key: LogArchiveKey,
    run: Run,
    stage: ArchiveStage,
    options: ArchiveTaskOptions,
  ) {
    this.key = key;
    this.stage = stage;
    this.#run = run;
    this.#options = options;
  }

  /** True while the log is claimed and read. */
  get isClaimed(): boolean {
    return this.#cut !== undefined;
  }

  /**
   * Archives what comes until the log ends, or the turn does. What is ours then
   * stays so, unless the turn fails.
   *
   * @throws what the log, the archive or the database fails with
   */
  async turn(stop: AbortSignal): Promise<TurnEnd> {
    const { claims } = this.#options;
    const claim = await claims.claim(this.key);
    if (claim !== 'ours') {
      this.#attempt = undefined;
      return claim === 'theirs' ? 'theirs' : 'finished';
    }
    const ending = new AbortController();
    this.#cut = reason => ending.abort(reason);
    try {
      const ended = await this.#follow(AbortSignal.any([stop, ending.signal]));
      const cut: Cut | undefined = ending.signal.reason;
      if (cut instanceof Error) {
        throw cut;
      }
      if (cut === 'theirs') {
        this.#attempt = undefined;
        return cut;
      }
      if (!ended) {
        await this.#attempt?.flush();
        return 'paused';
      }
      const state = await this.#attempt?.finish();
      await claims.finish(this.key, state ?? 'empty');
      return 'finished';
    } catch (error) {
      // The next turn begins with what is in the archive by then.
      this.#attempt = undefined;
      if (error instanceof ConflictError) {
        return 'theirs';
      }
      // Where this fails too, the claim expires.
      await claims.release(this.key).catch(() => {});
      throw error;
    } finally {
      this.#cut = undefined;
    }
  }

  /** Another backend has taken over. */
  lose(): void {
    this.#cut?.('theirs');
  }

  /** Ends the turn if others have waited long enough. */
  yieldTurn(now: number): void {
    if (now - this.#lineAt >= SILENT || now - this.#begunAt >= LONGEST) {
      this.#cut?.('paused');
    }
  }

  /** Writes what was read, where it is time for that. */
  writeDue(): void {
    if (this.#attempt?.isDue()) {
      this.flush();
    }
  }

  /** Writes what was read. Never rejects: a failure ends the turn. */
  async flush(): Promise<void> {
    await this.#attempt?.flush().catch(error => this.#cut?.(error));
  }

  /** Reads the log; true when it has ended. */
  async #follow(signal: AbortSignal): Promise<boolean> {
    const { openLog, clock } = this.#options;
    this.#begunAt = clock().getTime();
    this.#lineAt = this.#begunAt;
    this.#attempt ??= await AttemptArchive.open({
      ...this.#options,
      key: this.key,
    });
    const attempt = this.#attempt;
    if (attempt.isComplete) {
      return true;
    }
    const log = openLog({
      key: this.key,
      run: this.#run,
      cursor: attempt.cursor,
      known: attempt.known,
      signal,
    });
    let next = await nextOf(log);
    while (next) {
      this.#lineAt = clock().getTime();
      await attempt.take(next);
      next = await nextOf(log);
    }
    return !signal.aborted;
  }
}
