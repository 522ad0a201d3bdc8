import type { Run } from './LogRuns';

/** How far a search is, and which of the matches are equal. */
export interface SearchStep {
  readonly matches: number;
  /** Number of the last line that was looked at. */
  readonly searched: number;
  /** Number of the last line that matches. */
  readonly line?: number;
  /** Position where the equal matches begin that the last one is of. */
  readonly run: number;
  /** Position of the last match that is equal to the last one of the step before. */
  readonly until: number;
}

/** A part of a log, between two numbers, and the matches before it and up to its end. */
export interface SearchPart {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly matches: number;
}

const START: SearchStep = { matches: 0, searched: 0, run: 0, until: 0 };

/** Where the lines are that a search has found: how many of them there are up to which line. */
export class SearchSteps {
  readonly #steps: SearchStep[] = [];

  get length(): number {
    return this.#steps.length;
  }

  /** The last step so far. */
  get last(): SearchStep {
    return this.#steps.at(-1) ?? START;
  }

  /** Adds a step; those at the beginning that have found nothing are one. */
  add(step: SearchStep): void {
    if (step.matches === 0) {
      this.#steps.pop();
    }
    this.#steps.push(step);
  }

  /** What a step has looked at. */
  part(index: number): SearchPart {
    return this.#between(index, index);
  }

  /** What has to be looked at for the match with a position, from 1. */
  partOf(position: number): SearchPart {
    return this.part(this.#indexOf(position));
  }

  /**
   * What has to be looked at for so many matches from a position on, or for the first of them.
   * @param most - matches in that part, unless the first step has more
   */
  partWith(position: number, count: number, most: number): SearchPart {
    const first = this.#indexOf(position);
    let part = this.part(first);
    for (let i = first + 1; i < this.#steps.length; i += 1) {
      const longer = this.#between(first, i);
      if (
        part.matches >= position + count - 1 ||
        longer.matches - longer.before > most
      ) {
        break;
      }
      part = longer;
    }
    return part;
  }

  /**
   * All the equal matches, in whatever steps they are.
   * @param run - those of them that are in one step
   */
  whole({ first, until }: Run): Run {
    const steps = this.#steps;
    const step = this.#indexOf(first);
    const goesOn = step > 0 && first <= steps[step].until;
    const start = goesOn ? steps[step - 1].run : first;
    const next = this.#firstThat(({ run }) => run > start);
    const last = steps[next - 1];
    return last?.run === start
      ? { first: start, until: steps[next]?.until ?? last.matches }
      : { first: start, until };
  }

  #between(first: number, last: number): SearchPart {
    const { matches: before, searched } = this.#steps[first - 1] ?? START;
    const { matches, searched: to } = this.#steps[last] ?? this.last;
    return { from: searched + 1, to, before, matches };
  }

  /** Index of the step that has found the match with a position; of the last one at most. */
  #indexOf(position: number): number {
    const index = this.#firstThat(({ matches }) => matches >= position);
    return Math.max(0, Math.min(index, this.#steps.length - 1));
  }

  /** Index of the first step that passes, where all after it pass too. */
  #firstThat(passes: (step: SearchStep) => boolean): number {
    let [low, high] = [0, this.#steps.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (passes(this.#steps[middle])) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
