import { setTimeout } from 'node:timers/promises';
import type { RayJob } from '@ml-platform/rayjob';
import {
  followPodLog,
  ROTATED,
  SKIPPED,
  type PodLogCursor,
  type PodLogEnd,
  type PodLogEvent,
  type RefusalPatience,
} from '@ml-platform/kube';
import type { DriverLogEvent, DriverLogSource } from './driverLogTypes';
import type { SubmitterPlace } from './driverPlace';
import { RotatedLines } from './RotatedLines';
import { runName } from './runName';
import { SubmitterBeginning } from './SubmitterBeginning';
import { SubmitterEnd } from './SubmitterEnd';
import type { SubmitterLog } from './SubmitterLog';

export interface SubmitterReaderOptions extends Omit<
  DriverLogSource,
  'cursor'
> {
  readonly job: RayJob;
  readonly submitter: SubmitterPlace;
  /** What its lines are added to. */
  readonly log: SubmitterLog;
  /** The place in its log, or the lines of Ray's own file, that were read. */
  readonly cursor?: PodLogCursor | number;
  readonly patience: RefusalPatience;
}

/** Milliseconds within which a node gives out the first lines that it has. */
const SILENT = 2_000;

/** Reasons of gaps whose lines Ray's own file may have. */
const FILLABLE: ReadonlySet<string> = new Set([ROTATED, SKIPPED]);

const LOST: PodLogEvent = {
  type: 'gap',
  reason:
    'The node has rotated the beginning of this log away, and Ray no longer has it',
};

/** True for the submitter that brought the job to Ray, and has said so by then. */
function hasSubmitted({ startedAt }: SubmitterPlace, { status }: RayJob) {
  const taken = status?.rayJobInfo?.startTime;
  return Boolean(
    startedAt && taken && Date.parse(startedAt) <= Date.parse(taken),
  );
}

type Lines = Extract<PodLogEvent, { type: 'lines' }>;

/**
 * Reads the log of one submitter into the driver's, with what its node has rotated away
 * as far as Ray has it.
 */
export class SubmitterReader {
  readonly #options: SubmitterReaderOptions;
  readonly #log: SubmitterLog;
  readonly #rotated: RotatedLines;
  readonly #ending = new SubmitterEnd();
  /** While it isn't known whether there were lines before the first ones. */
  #beginning: SubmitterBeginning | undefined;
  /** A gap that may be filled when it is known what comes after it. */
  #gap: PodLogEvent | undefined;

  constructor(options: SubmitterReaderOptions) {
    const { job, log, submitter, cursor, tailLines, previous } = options;
    const read = typeof cursor === 'number' ? cursor : undefined;
    this.#options = options;
    this.#log = log;
    this.#rotated = new RotatedLines(options, log, read);
    const isWhole = tailLines === undefined && !previous && !log.cursor;
    if (isWhole && typeof cursor !== 'object' && submitter.isRayCli) {
      this.#beginning = new SubmitterBeginning(hasSubmitted(submitter, job));
    }
  }

  async *run(): AsyncGenerator<DriverLogEvent, PodLogEnd> {
    const { submitter, cursor } = this.#options;
    const log = this.#log;
    const isHere =
      typeof cursor === 'object' && cursor.podUid === submitter.podUid;
    const stream = followPodLog({
      ...this.#options,
      ...submitter,
      cursor: isHere ? cursor : undefined,
    });
    for (let coming = stream.next(); ; coming = stream.next()) {
      const beginning = this.#beginning;
      if (beginning?.hasBegun && (await this.#isSilent(coming))) {
        yield* this.#settle(beginning);
      }
      const next = await coming;
      if (next.done) {
        yield* this.#end(next.value);
        return next.value;
      }
      if (log.lacks(next.value)) {
        await this.#recall();
      }
      yield* this.#take(next.value);
    }
  }

  /** True where the node has no more lines for now. */
  async #isSilent(coming: Promise<unknown>): Promise<boolean> {
    const stop = new AbortController();
    const signal = AbortSignal.any([this.#options.signal, stop.signal]);
    const waited = setTimeout(SILENT, true, { signal }).catch(() => false);
    const came = coming.then(() => false);
    return Promise.race([came, waited]).finally(() => stop.abort());
  }

  async *#take(event: PodLogEvent): AsyncGenerator<DriverLogEvent> {
    if (event.type === 'lines') {
      yield* this.#takeLines(event);
    } else if (
      event.type === 'gap' &&
      FILLABLE.has(event.reason) &&
      this.#rotated.knowsPlace &&
      !this.#log.isReplaying
    ) {
      this.#gap = event;
    } else {
      yield* this.#log.take(event);
    }
  }

  async *#takeLines(event: Lines): AsyncGenerator<DriverLogEvent> {
    const beginning = this.#beginning;
    const gap = this.#gap;
    if (beginning) {
      if (beginning.take(event) || this.#rotated.read > 0) {
        yield* this.#begin(beginning);
      }
      return;
    }
    if (gap) {
      this.#gap = undefined;
      yield* this.#rotated.fill(event.lines, gap);
      if (this.#options.signal.aborted) {
        return;
      }
    }
    yield* this.#pass(event);
  }

  /** Decides with what has come so far. */
  async *#settle(
    beginning: SubmitterBeginning,
  ): AsyncGenerator<DriverLogEvent> {
    beginning.settle();
    yield* this.#begin(beginning);
  }

  /** What is left to say where no more lines come. */
  async *#end(end: PodLogEnd): AsyncGenerator<DriverLogEvent> {
    const { signal, submitter, tailLines } = this.#options;
    if (!signal.aborted) {
      yield* this.#beginning ? this.#settle(this.#beginning) : [];
      const isCut =
        end === 'completed' &&
        submitter.isRayCli &&
        tailLines === undefined &&
        this.#ending.mayLack &&
        !this.#log.isReplaying;
      yield* this.#gap || isCut ? this.#rotated.fill([], this.#gap) : [];
    }
    yield* this.#log.finish();
  }

  /** Gives out the first lines, behind those that were before them. */
  async *#begin(beginning: SubmitterBeginning): AsyncGenerator<DriverLogEvent> {
    const { isCut, events } = beginning;
    const lines = events.flatMap(event => event.lines);
    let known = 0;
    if (isCut || this.#rotated.read > 0) {
      known = yield* this.#rotated.fill(lines, LOST);
    }
    if (this.#options.signal.aborted) {
      return;
    }
    // Where there is no line yet, the next ones are the first.
    this.#beginning = lines.length > 0 ? undefined : beginning;
    for (const event of events) {
      yield* this.#pass({ ...event, lines: event.lines.slice(known) });
      known = Math.max(0, known - event.lines.length);
    }
  }

  *#pass(event: Lines): Generator<DriverLogEvent> {
    this.#rotated.passed(event.lines);
    this.#ending.take(event.lines);
    yield* this.#log.take(event);
  }

  async #recall(): Promise<void> {
    const { recall, job, cursor } = this.#options;
    const log = this.#log;
    const place = typeof cursor === 'object' ? cursor : log.cursor;
    const run = runName(job);
    const before = place && (await recall?.({ kind: 'driver', run, place }));
    if (before) {
      log.recallBefore(before);
    }
  }
}
