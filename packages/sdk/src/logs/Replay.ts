import type { LogLine } from '@ml-platform/kube';
import type { ReadLines } from './ReadLines';

/** Lines at the head of a submitter's log that may be its own, at most. */
const OWN = 30;
/** Lines that are no accident: equal ones, or other ones after a single equal one. */
const SURE = 3;

/** Lines that are equal in the logs of submitters though the driver wrote nothing. */
const SAME_ANYWHERE =
  /^\s*$|\bcli\.py:\d+ -- |^Waiting for Ray Dashboard GCS to become healthy/;

/** What Ray's CLI prints when Ray did not know the job: its driver runs anew. */
const SUBMITTED = /Job '.*' submitted successfully/;

const isOwn = ({ text }: LogLine) => SAME_ANYWHERE.test(text);

/** How the lines of a submitter go on from those of the one before. */
export interface Replayed {
  /** Lines that nobody has read. */
  readonly lines: readonly LogLine[];
  /**
   * `undecided` until it is known where to go on, `repeats` until the last line
   * that was read has come again. Then all lines are new: `joined` to those
   * before, `anew` where Ray ran the entrypoint again, or `torn` where they have
   * nothing in common.
   */
  readonly state: 'undecided' | 'repeats' | 'joined' | 'anew' | 'torn';
}

interface Alignment {
  /** Where the equal lines begin: in what was read, and in what comes. */
  readonly before: number;
  readonly now: number;
  /** Number of equal lines. */
  readonly length: number;
}

/**
 * A submitter that is started again follows the driver's log from its first
 * line. This finds where its lines go on from those that were read. Only lines
 * that are equal to those that were read, in the same order, are left out.
 */
export class Replay {
  readonly #read: ReadLines;
  #held: LogLine[] = [];
  /** Number of the line, of those that were read, that is expected next. */
  #expected = 0;
  #state: Replayed['state'] = 'undecided';

  constructor(read: ReadLines) {
    this.#read = read;
  }

  /** The new ones among the lines that come next. */
  take(lines: readonly LogLine[]): Replayed {
    if (this.#state === 'undecided') {
      this.#held.push(...lines);
      return this.#decide(false);
    }
    return { lines: this.#follow(lines), state: this.#state };
  }

  /** What is still held back when no more lines come. */
  finish(): Replayed {
    return this.#state === 'undecided'
      ? this.#decide(true)
      : { lines: [], state: this.#state };
  }

  #decide(finished: boolean): Replayed {
    const held = this.#held;
    if (held.slice(0, OWN).some(({ text }) => SUBMITTED.test(text))) {
      return this.#release('anew', held);
    }
    const { head } = this.#read;
    if (head.every(isOwn)) {
      return this.#release('joined', held);
    }
    const best = this.#align();
    if (!finished && !this.#isSure(best)) {
      return { lines: [], state: 'undecided' };
    }
    if (best.length === 0) {
      return this.#release('torn', held);
    }
    this.#expected = best.before;
    this.#state = 'repeats';
    const own = held.slice(0, best.now);
    const lines = [...own, ...this.#follow(held.slice(best.now))];
    this.#held = [];
    return { lines, state: this.#state };
  }

  #isSure({ before, now, length }: Alignment): boolean {
    const { head } = this.#read;
    const held = this.#held;
    const equal = held.slice(now, now + length).filter(line => !isOwn(line));
    const others = held.length - now - length;
    return (
      (length > 0 && before + length === head.length) ||
      (equal.length >= SURE && others > 0) ||
      (equal.length > 0 && others >= SURE) ||
      held.length >= head.length + OWN
    );
  }

  #release(state: Replayed['state'], lines: readonly LogLine[]): Replayed {
    this.#state = state;
    this.#held = [];
    return { lines, state };
  }

  /** The longest piece that the heads of both logs have in common. */
  #align(): Alignment {
    const { head } = this.#read;
    const held = this.#held;
    let best: Alignment = { before: 0, now: 0, length: 0 };
    for (let now = 0; now < Math.min(OWN, held.length); now += 1) {
      for (let before = 0; before < Math.min(OWN, head.length); before += 1) {
        let length = 0;
        while (
          before + length < head.length &&
          now + length < held.length &&
          head[before + length].text === held[now + length].text
        ) {
          length += 1;
        }
        if (length > best.length) {
          best = { before, now, length };
        }
      }
    }
    return best;
  }

  /** Number of a line that was read, if it is the one that is expected. */
  #find(line: LogLine): number | undefined {
    let at: number | undefined = this.#expected;
    while (at !== undefined && at < this.#read.count) {
      if (this.#read.isAt(at, line)) {
        return at;
      }
      at = this.#read.afterTakeover(at);
    }
    return undefined;
  }

  /** Leaves out the lines that were read, up to the first that was not. */
  #follow(lines: readonly LogLine[]): readonly LogLine[] {
    for (let i = 0; i < lines.length && this.#state === 'repeats'; i += 1) {
      const at = this.#find(lines[i]);
      if (at === undefined) {
        // What was read besides is the submitter's own end.
        this.#state = 'joined';
        return lines.slice(i);
      }
      this.#expected = at + 1;
    }
    return this.#state === 'repeats' ? [] : lines;
  }
}
