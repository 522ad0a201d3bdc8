import { archivedWords } from '../../archive/archiveText';
import { lineAt, type LinePlace } from './chunkLines';
import type { LogPart, NumberedLine } from './NumberedLog';
import { RepeatCounter } from './RepeatCounter';

/** A line that matches. */
export interface MatchedLine extends NumberedLine {
  /** With fold: from 1, among all lines that match. */
  readonly position?: number;
}

/** Which matches are equal to each other, as far as a search is. */
export interface MatchRuns {
  /** Number of the last line that matches; of the one before, where none does yet. */
  readonly line?: number;
  /** Position where the equal matches begin that the last one is of; 0 before the first. */
  readonly run: number;
  /** Position of the last match that is equal to the last one of the step before. */
  readonly until: number;
}

/** What was counted by now. */
export interface MatchCount extends Partial<MatchRuns> {
  readonly matches: number;
  /** Lines that weren't told of before. */
  readonly lines: readonly MatchedLine[];
}

export interface MatchCounterOptions {
  /** Lines that are told of. */
  readonly limit: number;
  /** Whether matches that are equal to the one before are counted, and not told of. */
  readonly fold?: boolean;
  /** The match before, which the first one may be equal to. */
  readonly before?: NumberedLine;
}

/** Counts the lines that match, and chooses those to tell of. */
export class MatchCounter {
  readonly #limit: number;
  readonly #repeats: RepeatCounter | undefined;
  #matches = 0;
  #told = 0;
  #line: number | undefined;
  #run = 0;

  constructor({ limit, fold = false, before }: MatchCounterOptions) {
    this.#limit = limit;
    this.#repeats = fold ? new RepeatCounter() : undefined;
    this.#line = before?.number;
    if (before) {
      this.#repeats?.add(before, 0);
    }
  }

  /** Counts the next matches. */
  take(part: LogPart, places: readonly LinePlace[]): MatchCount {
    const lines: MatchedLine[] = [];
    const runBefore = this.#run;
    let until = this.#matches;
    for (const place of places) {
      this.#matches += 1;
      const position = this.#matches;
      this.#run = this.#runOf(part, place);
      if (this.#run === runBefore) {
        until = position;
      }
      const line =
        this.#run === position && this.#told < this.#limit
          ? lineAt(part, place)
          : undefined;
      if (line) {
        this.#told += 1;
        lines.push(this.#repeats ? { ...line, position } : line);
      }
    }
    this.#line = places.at(-1)?.number ?? this.#line;
    const runs = { line: this.#line, run: this.#run, until };
    return { lines, matches: this.#matches, ...(this.#repeats && runs) };
  }

  /** Position where the matches begin that the latest one is equal to. */
  #runOf({ text }: LogPart, { start, end }: LinePlace): number {
    return this.#repeats
      ? this.#repeats.add(archivedWords(text.slice(start, end)), this.#matches)
      : this.#matches;
  }
}
