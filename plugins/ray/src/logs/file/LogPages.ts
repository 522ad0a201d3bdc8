import type { NumberedLogLine } from '@ml-platform/backstage-plugin-ray-common';
import { styleAfter } from '../terminal/drawLine';
import { PLAIN, type TextStyle } from '../terminal/TextStyle';
import type { LineEntry } from './LogEntry';
import { redrawsBar } from './progressBar';

/** Lines of a page. */
export const PAGE = 500;
const MOST_PAGES = 120;
const MOST_BYTES = 24 * 1024 * 1024;
/** Memory for a line in addition to its text, in bytes. */
const LINE_BYTES = 96;

const numberOf = ({ number }: NumberedLogLine) => number;

/** Lines that are beside each other, as far as they are loaded. */
export interface LogPage {
  /** Index of its first line, from 1. */
  readonly first: number;
  readonly lines: (LineEntry | undefined)[];
  /** Grows with each change. */
  version: number;
  bytes: number;
}

export interface LogPagesOptions {
  readonly mostPages?: number;
  /** Approximate memory limit in bytes. */
  readonly mostBytes?: number;
  /** True where what comes before a line isn't what was written before it. */
  readonly isBroken: (index: number) => boolean;
  /** Called with a page that isn't loaded any more. */
  readonly onDrop?: (page: LogPage) => void;
}

/**
 * The lines of a log that are loaded: those that were needed last. However long the log is,
 * they take the same room. A line has an index, which is its number where all lines are shown.
 */
export class LogPages {
  readonly #options: LogPagesOptions;
  /** By the index of the first line; the one that was needed last is last. */
  readonly #pages = new Map<number, LogPage>();
  #bytes = 0;
  /** Styles of each source after the line that was added last. */
  #styles = new Map<string | undefined, TextStyle>();
  #styledTo = 0;

  constructor(options: LogPagesOptions) {
    this.#options = options;
  }

  /** The pages that are loaded. */
  get all(): Iterable<LogPage> {
    return this.#pages.values();
  }

  /** True when there is no room for more than what is in view. */
  get isCrowded(): boolean {
    const { mostBytes = MOST_BYTES } = this.#options;
    return this.#bytes > mostBytes / 2;
  }

  /** A line, if it is loaded. */
  line(index: number): LineEntry | undefined {
    const first = firstOf(index);
    return this.#pages.get(first)?.lines[index - first];
  }

  /** Keeps the pages with some lines longer than others. */
  need(from: number, to: number): void {
    for (const page of [...this.#pages.values()]) {
      if (page.first + PAGE > from && page.first <= to) {
        this.#pages.delete(page.first);
        this.#pages.set(page.first, page);
      }
    }
  }

  /**
   * Adds lines.
   * @param indexOf - where a line belongs, given its place among them; by default, its number
   */
  add(
    lines: readonly NumberedLogLine[],
    indexOf: (line: NumberedLogLine, i: number) => number = numberOf,
  ): void {
    lines.forEach((line, i) => this.#add(line, indexOf(line, i)));
    this.#makeRoom();
  }

  /** Forgets the lines before one. */
  dropBefore(index: number): void {
    for (const page of this.#pages.values()) {
      if (page.first + PAGE <= index) {
        this.#drop(page);
      }
    }
  }

  #add(line: NumberedLogLine, index: number): void {
    const { number, text, time, source, until } = line;
    const page = this.#pageOf(index);
    const at = index - page.first;
    const known = page.lines[at];
    if (known) {
      if (until !== undefined && known.redraws !== undefined) {
        // What is repeated isn't the next state of a progress bar.
        page.lines[at] = { ...known, redraws: undefined };
        page.version += 1;
      }
      return;
    }
    const isRepeated = until !== undefined;
    const before =
      isRepeated || this.#options.isBroken(index)
        ? undefined
        : page.lines[at - 1];
    const redraws =
      before?.source === source && before && redrawsBar(before.text, text)
        ? (before.redraws ?? before.number)
        : undefined;
    page.lines[at] = {
      kind: 'line',
      number,
      text,
      time,
      source,
      start: this.#startOf(index, text, source),
      ...(redraws !== undefined && { redraws }),
    };
    page.version += 1;
    page.bytes += LINE_BYTES + text.length;
    this.#bytes += LINE_BYTES + text.length;
  }

  /** The style at the start of a line: that at the end of the one before. */
  #startOf(index: number, text: string, source: string | undefined): TextStyle {
    if (this.#options.isBroken(index)) {
      this.#styles = new Map();
    } else if (this.#styledTo !== index - 1) {
      const before = this.line(index - 1);
      this.#styles = new Map(
        before && [[before.source, styleAfter(before.text, before.start)]],
      );
    }
    this.#styledTo = index;
    const start = this.#styles.get(source) ?? PLAIN;
    const end = styleAfter(text, start);
    if (end !== start) {
      this.#styles.set(source, end);
    }
    return start;
  }

  #pageOf(index: number): LogPage {
    const first = firstOf(index);
    const known = this.#pages.get(first);
    if (known) {
      return known;
    }
    const page = { first, lines: Array(PAGE), version: 0, bytes: 0 };
    this.#pages.set(first, page);
    return page;
  }

  #drop(page: LogPage): void {
    this.#pages.delete(page.first);
    this.#bytes -= page.bytes;
    this.#options.onDrop?.(page);
  }

  #makeRoom(): void {
    const { mostPages = MOST_PAGES, mostBytes = MOST_BYTES } = this.#options;
    for (const page of this.#pages.values()) {
      const isFull = this.#pages.size > mostPages || this.#bytes > mostBytes;
      if (!isFull || this.#pages.size <= 2) {
        return;
      }
      this.#drop(page);
    }
  }
}

/** Index of the first line of the page with a line. */
function firstOf(index: number): number {
  return Math.floor((index - 1) / PAGE) * PAGE + 1;
}
