import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';
import type { LogCursor } from '@ml-platform/sdk';

/** Tells the lines of an archived attempt that come after a place. */
export class ReachedPlace {
  readonly #cursor: LogCursor | undefined;
  readonly #attempt: number;
  #lines = 0;
  /** Lines from the time of the place. */
  #same = 0;
  #isPast: boolean;

  /** @param cursor - a place in the archive, or in the live log */
  constructor(cursor: LogCursor | undefined, attempt: number) {
    this.#cursor = cursor;
    this.#attempt = attempt;
    this.#isPast = this.#isReached(undefined);
  }

  /** True when the line that comes next is after the place. */
  get isPast(): boolean {
    return this.#isPast;
  }

  /** Moves past the next line; true when it is after the place. */
  takes(line: LogLine): boolean {
    const wasPast = this.#isPast;
    this.#lines += 1;
    this.#isPast ||= this.#isReached(line.time);
    return wasPast || this.#isBeyond(line.time);
  }

  /** Whether all up to the place was seen, with a line of this time. */
  #isReached(time: string | undefined): boolean {
    const cursor = this.#cursor;
    if (cursor?.kind === 'archive') {
      return this.#attempt > cursor.attempt || this.#lines >= cursor.lines;
    }
    if (cursor?.kind !== 'driver') {
      return true;
    }
    const { place } = cursor;
    if (typeof place === 'number') {
      return this.#lines >= place;
    }
    // The same times are in the archive as in the live log.
    this.#same += time === place.time ? 1 : 0;
    return this.#isBeyond(time) || this.#same >= place.count;
  }

  /** Whether a line of this time can only come after the place. */
  #isBeyond(time: string | undefined): boolean {
    const place = this.#cursor?.kind === 'driver' && this.#cursor.place;
    return typeof place === 'object' && time !== undefined && time > place.time;
  }
}
