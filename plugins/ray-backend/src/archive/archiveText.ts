import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';

/** Stands for a time that the source did not give. */
const NO_TIME = '-';

/** Begins a line that says up to which place of the live log all is here. */
const PLACE = '@ ';

/** Begins a line that says what is missing at its place. */
const GAP = '!';

/** Comes between the time of a line and what wrote it, where logs are merged. */
const SOURCE = '@';

/** Stands for a line end within a line. */
const INNER_END = '\u2028';

/** One line as it stands in the archive: its time, a space, its text. */
export function archiveLine({ time, text, source }: LogLine): string {
  const from = source === undefined ? '' : `${SOURCE}${source}`;
  const line = text.includes('\n') ? text.replaceAll('\n', INNER_END) : text;
  return `${time ?? NO_TIME}${from} ${line}\n`;
}

/**
 * What is missing between two lines, as it stands in the archive.
 * @param lines - how many lines are missing, where that is known
 */
export function gapLine(reason: string, lines?: number): string {
  return `${GAP}${lines ?? ''} ${reason}\n`;
}

/** The place that the lines before it reach to, as it stands in the archive. */
export function placeLine(cursor: string): string {
  return `${PLACE}${cursor}\n`;
}

/** What a line of the archive holds, without its line end. */
export type ArchivedLine =
  | ({ readonly kind: 'line' } & LogLine)
  | {
      readonly kind: 'gap';
      readonly reason: string;
      /** Lines that are missing, where that is known. */
      readonly lines?: number;
    }
  | { readonly kind: 'place'; readonly cursor: string };

/** What {@link archiveLine}, {@link gapLine} or {@link placeLine} wrote. */
export function parseArchiveLine(line: string): ArchivedLine {
  if (line.startsWith(PLACE)) {
    return { kind: 'place', cursor: line.slice(PLACE.length) };
  }
  const space = line.indexOf(' ');
  const stamp = line.slice(0, space);
  const text = line.slice(space + 1);
  if (stamp.startsWith(GAP)) {
    const lines = stamp.slice(GAP.length);
    return {
      kind: 'gap',
      reason: text,
      ...(lines === '' ? {} : { lines: Number(lines) }),
    };
  }
  const at = stamp.indexOf(SOURCE);
  const time = at < 0 ? stamp : stamp.slice(0, at);
  return {
    kind: 'line',
    ...(time === NO_TIME ? {} : { time }),
    text,
    ...(at < 0 ? {} : { source: stamp.slice(at + SOURCE.length) }),
  };
}

/**
 * Some of the lines in a text of the archive, without what else it holds.
 *
 * @param skip - lines to leave out at the beginning
 */
export function onlyLines(text: string, skip: number, count: number): string {
  const found: string[] = [];
  let number = 0;
  for (let start = 0; start < text.length && found.length < count;) {
    const end = text.indexOf('\n', start) + 1 || text.length;
    if (!text.startsWith(PLACE, start) && !text.startsWith(GAP, start)) {
      number += 1;
      if (number > skip) {
        found.push(text.slice(start, end));
      }
    }
    start = end;
  }
  return found.join('');
}

/** What a line of a log says, and what wrote it: all that others are compared with. */
export function archivedWords(line: string): LogLine {
  const space = line.indexOf(' ');
  const at = line.lastIndexOf(SOURCE, space);
  const text = line.slice(space + 1);
  return at < 0 ? { text } : { text, source: line.slice(at + 1, space) };
}

export interface TextLimits {
  /** Bytes from the beginning. */
  readonly head: number;
  /** Bytes from the end. */
  readonly tail: number;
}

/**
 * Bounds a log: its beginning, and its end, where errors are. What is between
 * is left out, and a line says so.
 */
export class BoundedText {
  readonly #limits: TextLimits;
  #written = 0;
  #tail: string[] = [];
  #tailBytes = 0;
  /** Of the tail, those at its head that are no longer kept. */
  #stale = 0;
  #dropped = 0;
  #isFull = false;

  constructor(limits: TextLimits) {
    this.#limits = limits;
  }

  /** Counts what was written before. */
  wrote(text: string): void {
    this.#written += Buffer.byteLength(text);
  }

  /** Takes lines; returns them joined when they are to be written now. */
  push(lines: readonly string[]): string {
    const text = lines.join('');
    const bytes = Buffer.byteLength(text);
    this.#isFull ||= this.#written + bytes > this.#limits.head;
    if (!this.#isFull) {
      this.#written += bytes;
      return text;
    }
    lines.forEach(line => this.#keep(line));
    return '';
  }

  /** What is left to write when the log has ended. */
  finish(): string {
    const note =
      this.#dropped > 0
        ? gapLine(
            'The archive keeps the beginning and the end of a long log',
            this.#dropped,
          )
        : '';
    return note + this.#tail.slice(this.#stale).join('');
  }

  #keep(line: string): void {
    this.#tail.push(line);
    this.#tailBytes += Buffer.byteLength(line);
    while (
      this.#tailBytes > this.#limits.tail &&
      this.#stale < this.#tail.length
    ) {
      this.#tailBytes -= Buffer.byteLength(this.#tail[this.#stale]);
      this.#stale += 1;
      this.#dropped += 1;
    }
    // Not with each line: that would move all others each time.
    if (2 * this.#stale > this.#tail.length) {
      this.#tail = this.#tail.slice(this.#stale);
      this.#stale = 0;
    }
  }
}
