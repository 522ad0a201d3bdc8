import type { LogLinesAnswer } from '@ml-platform/backstage-plugin-ray-common';

export type MissingLines = LogLinesAnswer['missing'][number];

/** A gap in its place, and what it does to the places after it. */
interface Stop {
  readonly gap: MissingLines;
  /** Place of the note about it. */
  readonly seq: number;
  /** Place of a later line, less its number. */
  readonly shift: number;
}

/** What a place holds. */
export type Place =
  | { readonly kind: 'line'; readonly number: number }
  | { readonly kind: 'gap'; readonly gap: MissingLines };

export interface LogMapOptions {
  /** Numbers of the first and the last line there is. */
  readonly first: number;
  readonly last: number;
  readonly missing: readonly MissingLines[];
}

/**
 * Places of the lines of a log. A gap has a place too, before the line that follows it, and
 * numbers that no line has are left out. The place of a line stays as the log grows.
 */
export class LogMap {
  readonly #stops: readonly Stop[];
  /** Place of the first line, or of the gap before it. */
  readonly start: number;
  /** Place after the last one. */
  readonly end: number;

  constructor({ first, last, missing }: LogMapOptions) {
    let shift = 0;
    this.#stops = missing.map(gap => {
      shift -= gap.lines ?? 0;
      const seq = gap.line + shift;
      shift += 1;
      return { gap, seq, shift };
    });
    const before = this.#stops.find(({ gap }) => gap.line === first);
    this.start = before?.seq ?? this.seqOf(first);
    this.end = Math.max(this.start, this.seqOf(last + 1));
  }

  /** Place of a line; of the gap that it is lost in, where it is. */
  seqOf(number: number): number {
    const next = this.#next(number);
    return this.lostIn(number)
      ? this.#stops[next].seq
      : number + (this.#stops[next - 1]?.shift ?? 0);
  }

  /** What is at a place between `start` and `end`. */
  at(seq: number): Place {
    const stop = this.#stops[this.#after(each => each.seq <= seq) - 1];
    return stop?.seq === seq
      ? { kind: 'gap', gap: stop.gap }
      : { kind: 'line', number: seq - (stop?.shift ?? 0) };
  }

  /** The gap that a line is lost in. */
  lostIn(number: number): MissingLines | undefined {
    const gap = this.#stops[this.#next(number)]?.gap;
    return gap && number >= gap.line - (gap.lines ?? 0) ? gap : undefined;
  }

  /** True where lines are missing before a line. */
  isBroken(number: number): boolean {
    return this.#stops[this.#next(number) - 1]?.gap.line === number;
  }

  /** Lines that are known to be lost. */
  get lost(): number {
    return this.#stops.reduce((sum, { gap }) => sum + (gap.lines ?? 0), 0);
  }

  /** Index of the first stop after a line. */
  #next(number: number): number {
    return this.#after(({ gap }) => gap.line <= number);
  }

  /** Number of the stops that pass, which come before those that don't. */
  #after(passes: (stop: Stop) => boolean): number {
    let [low, high] = [0, this.#stops.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (passes(this.#stops[middle])) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
