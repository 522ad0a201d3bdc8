import type { LogLine } from '@ml-platform/kube';

/** Lines from the beginning that are kept. */
const HEAD = 300;
/** Lines of which a mark is kept, at 4 bytes each. */
const MARKS = 4_000_000;
/** Characters of a line that its mark is made from, about. */
const SAMPLES = 16;

/** What Ray's CLI prints, as each submitter does when it begins. */
const BANNER = /\bcli\.py:\d+ -- /;
const BLANK: LogLine = { text: '' };
/** Lines that a submitter may print before it ends, at most. */
const EPILOGUE = 100;

/** A number for a line: the same for equal lines, hardly ever for others. */
function markOf({ text }: LogLine): number {
  const step = Math.max(1, Math.floor(text.length / SAMPLES));
  let mark = text.length;
  for (let i = text.length - 1; i >= 0; i -= step) {
    // The step of FNV-1a.
    mark = Math.imul(mark ^ text.charCodeAt(i), 0x01000193);
  }
  return mark >>> 0;
}

/** What was read of one log: the first lines, and enough to know the others again. */
export class ReadLines {
  readonly #head: LogLine[] = [];
  #marks = new Uint32Array(1_024);
  /** Numbers of the lines that Ray's CLI printed. */
  readonly #banners = new Set<number>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get head(): readonly LogLine[] {
    return this.#head;
  }

  /** Whether the line with a number from 0 is this one, as far as it is known. */
  isAt(index: number, line: LogLine): boolean {
    const known = this.#head[index];
    return known
      ? known.text === line.text
      : index >= this.#marks.length || this.#marks[index] === markOf(line);
  }

  /**
   * Where the driver's log goes on when another submitter took over soon after a
   * line: behind the end of the one, and the beginning of the other.
   */
  afterTakeover(index: number): number | undefined {
    for (let at = index; at < index + EPILOGUE; at += 1) {
      if (this.#banners.has(at)) {
        let end = at;
        while (
          end < this.#count &&
          (this.#banners.has(end) || this.isAt(end, BLANK))
        ) {
          end += 1;
        }
        return end < this.#count ? end : undefined;
      }
    }
    return undefined;
  }

  push(lines: readonly LogLine[]): void {
    if (this.#head.length < HEAD) {
      this.#head.push(...lines.slice(0, HEAD - this.#head.length));
    }
    const count = this.#count + lines.length;
    this.#reserve(count);
    lines.forEach((line, i) => {
      this.#marks[this.#count + i] = markOf(line);
      if (BANNER.test(line.text)) {
        this.#banners.add(this.#count + i);
      }
    });
    this.#count = count;
  }

  /** Adds what was read of the same log after it. */
  append(later: ReadLines): void {
    const marks = later.#marks.subarray(0, later.#count);
    if (this.#count === this.#head.length) {
      this.#head.push(...later.#head.slice(0, HEAD - this.#head.length));
    }
    this.#reserve(this.#count + marks.length);
    const room = Math.max(0, this.#marks.length - this.#count);
    this.#marks.set(marks.subarray(0, room), Math.min(this.#count, MARKS));
    later.#banners.forEach(at => this.#banners.add(this.#count + at));
    this.#count += later.#count;
  }

  #reserve(count: number): void {
    if (count > this.#marks.length && this.#marks.length < MARKS) {
      const marks = new Uint32Array(Math.min(MARKS, 2 * count));
      marks.set(this.#marks);
      this.#marks = marks;
    }
  }
}
