import type { PodLogCursor, PodLogEvent } from '@ml-platform/kube';
import type {
  DriverLogEvent,
  KnownLines,
  RecalledLines,
} from './driverLogTypes';
import type { DriverCursor } from './logCursor';
import { ReadLines } from './ReadLines';
import { Replay, type Replayed } from './Replay';

const ANEW =
  'Ray ran the entrypoint again; what follows is what it wrote this time';
const TORN =
  "The submitter was replaced, and its log doesn't continue where the last one ended; lines may be missing or repeated";

const UNSURE =
  'The submitter was replaced, and the archive lacks the last lines before that; the lines that follow may be repeated';

/** True for the reason of a gap after which the driver's log begins anew. */
export function beginsAnew(reason: string): boolean {
  return reason === ANEW || reason === TORN;
}

/** What a place is of, beside the line: one start of one container. */
const startOf = ({ podUid, restartCount }: PodLogCursor) =>
  `${podUid}/${restartCount}`;

/**
 * Makes one log of what the submitters of one run write: each that is started
 * again repeats the driver's log from its first line.
 */
export class SubmitterLog {
  readonly #run: string;
  readonly #known: KnownLines;
  #start: string | undefined;
  /** Of the submitter that writes now. */
  #read: ReadLines;
  #complete: boolean;
  #replay: Replay | undefined;
  /** True when a reader who began before the end may not know the first lines. */
  #isTail: boolean;
  readonly #resumes: boolean;
  /** False when lines may be repeated that are not in what was recalled. */
  #reaches = true;
  #cursor: PodLogCursor | undefined;
  /** Each with the start that it came after. */
  #gaps: { readonly gap: DriverLogEvent; readonly start?: string }[] = [];

  /**
   * @param options.run - its name
   * @param options.cursor - the place from which a reader continues
   * @param options.known - what was read up to the cursor
   * @param options.isTail - whether only the last lines are read of what there is
   */
  constructor(options: {
    readonly run: string;
    readonly cursor?: PodLogCursor;
    readonly known?: KnownLines;
    readonly isTail?: boolean;
  }) {
    const { run, cursor, known, isTail = false } = options;
    this.#run = run;
    this.#start = cursor && startOf(cursor);
    this.#cursor = cursor;
    this.#known = known ?? { read: new ReadLines() };
    this.#read = this.#known.read;
    this.#complete = !cursor || known !== undefined;
    this.#isTail = isTail;
    this.#resumes = cursor !== undefined;
  }

  /** The place up to which the submitter's log was read. */
  get cursor(): PodLogCursor | undefined {
    return this.#cursor;
  }

  /** False when what the submitter wrote first is not known. */
  get complete(): boolean {
    return this.#complete;
  }

  /** Takes up all that the submitter wrote, in place of what was read of it. */
  recall(read: ReadLines): void {
    this.#known.read = read;
    this.#complete = true;
    this.#isTail = false;
  }

  /** True while it isn't known which lines of a submitter that took over are new. */
  get isReplaying(): boolean {
    return this.#replay !== undefined;
  }

  /** True for a piece of which only {@link recallBefore} tells what is new. */
  lacks(event: PodLogEvent): boolean {
    return (
      event.type === 'lines' &&
      (!this.#complete || this.#isTail) &&
      this.#start !== undefined &&
      this.#start !== startOf(event.cursor)
    );
  }

  /**
   * Takes up what there was before the place from which a reader continues, or
   * up to the last one of a reader who began before the end.
   */
  recallBefore({ read, reaches }: RecalledLines): void {
    if (reaches && this.#resumes) {
      read.append(this.#read);
    }
    this.#reaches = reaches;
    this.recall(read);
  }

  /** What a piece of a submitter's log adds to the driver's log. */
  take(event: PodLogEvent): readonly DriverLogEvent[] {
    if (event.type === 'waiting') {
      return [event];
    }
    if (event.type === 'gap') {
      // Whether lines are missing shows with those that come next.
      this.#gaps.push({ gap: event, start: this.#start });
      return [];
    }
    const { lines, cursor } = event;
    const start = startOf(cursor);
    const before: DriverLogEvent[] = [];
    if (this.#start !== undefined && start !== this.#start) {
      before.push(...this.finish());
      this.#read = new ReadLines();
      if (this.#complete) {
        this.#replay = new Replay(this.#known.read);
      } else {
        before.push({ type: 'gap', reason: TORN });
        this.#gaps = [];
        this.#settle();
      }
    }
    this.#start = start;
    this.#read.push(lines);
    this.#cursor = cursor;
    if (this.#replay) {
      return [...before, ...this.#join(this.#replay.take(lines))];
    }
    return [...before, ...this.#takeGaps(), ...this.#piece(lines, cursor)];
  }

  /**
   * Lines that come before those of the next piece, from Ray's own file.
   * @param count - lines of that file up to the last of them
   */
  fill(lines: readonly string[], count: number): readonly DriverLogEvent[] {
    const missing = lines.map(text => ({ text }));
    this.#read.push(missing);
    return this.#piece(missing, count);
  }

  /** What was held back, when no more lines come. */
  finish(): readonly DriverLogEvent[] {
    return this.#replay ? this.#join(this.#replay.finish()) : [];
  }

  /** The gaps after which no line came; called where none can come. */
  end(): readonly DriverLogEvent[] {
    // What a later start repeated is not missing.
    this.#gaps = this.#gaps.filter(({ start }) => start === this.#start);
    return this.#takeGaps();
  }

  #takeGaps(): readonly DriverLogEvent[] {
    return this.#gaps.splice(0).map(({ gap }) => gap);
  }

  /** From now on, all lines of the submitter are new. */
  #settle(): void {
    this.#replay = undefined;
    this.#known.read = this.#read;
    this.#complete = true;
    this.#isTail = false;
    this.#reaches = true;
  }

  #join({ lines, state }: Replayed): readonly DriverLogEvent[] {
    if (state === 'undecided' || !this.#cursor) {
      return [];
    }
    const gaps = this.#takeGaps();
    const notes: DriverLogEvent[] = [];
    if (state === 'anew') {
      notes.push(...gaps, { type: 'gap', reason: ANEW });
    } else if (state === 'torn') {
      notes.push({ type: 'gap', reason: TORN });
    } else if (state === 'joined' && lines.length > 0 && !this.#reaches) {
      notes.push({ type: 'gap', reason: UNSURE });
    }
    if (state !== 'repeats') {
      this.#settle();
    }
    return [...notes, ...this.#piece(lines, this.#cursor)];
  }

  #piece(
    lines: Replayed['lines'],
    place: DriverCursor['place'],
  ): readonly DriverLogEvent[] {
    return lines.length > 0
      ? [
          {
            type: 'lines',
            lines,
            cursor: { kind: 'driver', run: this.#run, place },
          },
        ]
      : [];
  }
}
