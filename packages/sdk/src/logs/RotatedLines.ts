import { setTimeout } from 'node:timers/promises';
import type { LogLine, PodLogEvent } from '@ml-platform/kube';
import type { DriverLogEvent } from './driverLogTypes';
import { LinesBetween } from './LinesBetween';
import { missingLines, type FileReading } from './missingLines';
import type { RayFileSource } from './rayDriverFile';
import type { SubmitterLog } from './SubmitterLog';

/** A line of Ray's command line. */
const CLI = /\bcli\.py:\d+ -- /;
/** Lines that were read last by which Ray's own file is searched. */
const RECENT = 20;
/** Milliseconds before each further try that brings nothing, where Ray breaks off. */
const PAUSES = [500, 2_000, 5_000];

const FILLING =
  "Reading from Ray's own file what the node has rotated out of this log";
const UNSURE =
  "The node has rotated lines away, and it isn't sure where Ray's own file goes on; lines may be missing or repeated";

const lastOf = (texts: readonly string[]) => texts.slice(-RECENT);
const isOwn = (text: string) => CLI.test(text);

/** The first lines, as far as the driver wrote them and not Ray's command line. */
function driverLines(lines: readonly LogLine[]): readonly string[] {
  const own = lines.findIndex(({ text }) => isOwn(text));
  const texts = lines.slice(0, own < 0 ? undefined : own).map(l => l.text);
  // It leaves a line free before what it says.
  return own > 0 && texts.at(-1) === '' ? texts.slice(0, -1) : texts;
}

interface FileRead {
  readonly reading: FileReading;
  readonly between: LinesBetween;
}

/**
 * Adds to a submitter's log what its node has rotated away, from Ray's own file of what
 * the driver wrote. That lasts as long as the head.
 */
export class RotatedLines {
  readonly #source: RayFileSource;
  readonly #log: SubmitterLog;
  #recent: readonly string[] = [];
  /** The last lines that came from Ray since, which `read` counts. */
  #filled: readonly string[] = [];
  #read: number;

  /** @param read - lines of the file that were given out before */
  constructor(source: RayFileSource, log: SubmitterLog, read = 0) {
    this.#source = source;
    this.#log = log;
    this.#read = read;
  }

  /** Lines of the file that were given out, when nothing else was read after them. */
  get read(): number {
    return this.#read;
  }

  /** False where it isn't known after which line something is missing. */
  get knowsPlace(): boolean {
    return this.#recent.length > 0 || this.#read > 0;
  }

  /** Takes note of lines that came from the node: what is missing now comes after them. */
  passed(lines: readonly LogLine[]): void {
    const texts = lines.slice(-RECENT).map(({ text }) => text);
    this.#recent = lastOf([...this.#recent, ...this.#filled, ...texts]);
    this.#filled = [];
    this.#read = 0;
  }

  /**
   * Gives out the lines between the last ones and those that come next, as far as Ray
   * has them.
   *
   * @param next - none for all that Ray has
   * @param gap - what is said where Ray no longer has the file
   * @returns how many of the next lines were given out before; when it is aborted, none of
   * them may follow
   */
  async *fill(
    next: readonly LogLine[],
    gap?: PodLogEvent,
  ): AsyncGenerator<DriverLogEvent, number> {
    yield { type: 'waiting', message: FILLING };
    let found = yield* this.#readPatiently(next);
    if (found.reading === 'read' && this.#mayBeTorn(found.between)) {
      this.#recent = this.#recent.slice(0, -1);
      found = yield* this.#readPatiently(next);
    }
    const { signal } = this.#source;
    const { reading, between } = found;
    const isRead = reading === 'read' || this.#read > 0;
    if (signal.aborted) {
      // Whoever reads on does so after the lines that were given out.
      return 0;
    }
    if (!between.isSure) {
      // The next lines don't follow those that were read last.
      this.#recent = [];
      this.#filled = [];
    }
    if (isRead && !between.isSure) {
      yield* this.#log.take({ type: 'gap', reason: UNSURE });
    } else if (!isRead && gap) {
      yield* this.#log.take(gap);
    }
    return between.overlap;
  }

  /** The last lines that the driver wrote, and not Ray's command line. */
  get #before(): readonly string[] {
    return this.#recent.slice(1 + this.#recent.findLastIndex(isOwn));
  }

  /**
   * True where the file doesn't have the last lines: a container's runtime may begin a new
   * file within a line. A node that leaves that file out joins the line's beginning with
   * another line.
   */
  #mayBeTorn(between: LinesBetween): boolean {
    return !between.hasBegun && this.#before.length > 1;
  }

  /** Reads the file again where Ray breaks off. */
  async *#readPatiently(
    next: readonly LogLine[],
  ): AsyncGenerator<DriverLogEvent, FileRead> {
    let found = yield* this.#readFile(next);
    const { signal } = this.#source;
    const pauses = [...PAUSES];
    while (found.reading === 'broken' && pauses.length > 0 && !signal.aborted) {
      const read = this.#read;
      await setTimeout(pauses[0], undefined, { signal }).catch(() => {});
      found = yield* this.#readFile(next);
      if (this.#read === read) {
        pauses.shift();
      }
    }
    return found;
  }

  /** Gives out what is missing before the next lines, from where the file was read to. */
  async *#readFile(
    next: readonly LogLine[],
  ): AsyncGenerator<DriverLogEvent, FileRead> {
    const between = new LinesBetween({
      before: this.#before,
      after: driverLines(next),
      from: this.#read,
    });
    const missing = missingLines(this.#source, between);
    let piece = await missing.next();
    for (; !piece.done; piece = await missing.next()) {
      if (piece.value.length > 0) {
        yield* this.#log.fill(piece.value, between.count);
        this.#filled = lastOf([...this.#filled, ...piece.value.slice(-RECENT)]);
        this.#read = Math.max(this.#read, between.count);
      }
    }
    return { reading: piece.value, between };
  }
}
