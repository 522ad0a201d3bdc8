import type { LogLine } from '@ml-platform/kube';
import type { MergedCursor } from './logCursor';

/** The place in merged logs: a time, and how many lines of it were given out. */
export class MergedPosition {
  #time: string;
  #count = 0;
  #toSkip: number;

  constructor(after: MergedCursor | undefined) {
    this.#time = after?.time ?? '';
    this.#toSkip = after?.count ?? 0;
  }

  get cursor(): MergedCursor {
    return { kind: 'merged', time: this.#time, count: this.#count };
  }

  /** Moves past a line; false for one that was given out before. */
  accept({ time }: LogLine): boolean {
    if (time === this.#time) {
      this.#count += 1;
      this.#toSkip -= 1;
      return this.#toSkip < 0;
    }
    if (time !== undefined && time > this.#time) {
      this.#time = time;
      this.#count = 1;
      this.#toSkip = 0;
    }
    return true;
  }
}
