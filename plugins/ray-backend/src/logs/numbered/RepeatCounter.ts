import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';
import { isRepeat } from './isRepeat';

/** Knows, as a log is written, since which line all lines are equal. */
export class RepeatCounter {
  #last: LogLine | undefined;
  #first = 1;

  /** @returns the number of the first of the equal lines that this line is the last of */
  add(line: LogLine, number: number): number {
    if (!this.#last || !isRepeat(this.#last, line)) {
      this.#first = number;
    }
    this.#last = line;
    return this.#first;
  }

  /** Has the next line be another one, whatever it is. */
  stop(): void {
    this.#last = undefined;
  }
}
