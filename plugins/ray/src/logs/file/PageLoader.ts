import type { NumberedLogLine } from '@ml-platform/backstage-plugin-ray-common';
import type { LineSpan, LogPlaces } from './LogPlaces';

/** Places beyond the view whose lines have to be there. */
const NEAR = 100;
/** Places beyond the view whose lines are loaded when those are not. */
const MARGIN = 300;
/** Milliseconds between two requests. */
const PACE = 60;
/** Milliseconds after a failure, and most of them after many. */
const RETRY = 1_000;
const LONGEST_RETRY = 15_000;

export interface PageLoaderOptions<Line> {
  readonly places: Pick<LogPlaces, 'need' | 'isCrowded'>;
  readonly read: (
    span: LineSpan,
    signal: AbortSignal,
  ) => Promise<readonly Line[]>;
  /** Called with the lines of a span, or the first of them. */
  readonly add: (lines: readonly Line[]) => void;
  /** Called when there are more lines, or why there aren't. */
  readonly onChange: (error?: Error) => void;
}

/**
 * Fetches the lines in view that aren't loaded, and then some around them. One
 * request at a time; one that nobody waits for any more is given up.
 */
export class PageLoader<Line = NumberedLogLine> {
  readonly #options: PageLoaderOptions<Line>;
  /** Places in view; the last one is excluded. */
  #view = { from: 0, to: 0 };
  #open: ReadonlySet<number> = new Set();
  #request:
    { readonly span: LineSpan; readonly stop: AbortController } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isClosed = false;

  constructor(options: PageLoaderOptions<Line>) {
    this.#options = options;
  }

  /**
   * Has the lines between two places loaded.
   * @param open - folds whose lines are shown
   */
  show(from: number, to: number, open: ReadonlySet<number>): void {
    this.#view = { from, to };
    this.#open = open;
    const span = this.#wanted();
    const { span: running, stop } = this.#request ?? {};
    const isWanted =
      span &&
      running &&
      span.from < running.from + running.count &&
      running.from < span.from + span.count;
    if (running && !isWanted) {
      stop?.abort();
      this.#request = undefined;
    }
    if (span && !this.#request && this.#timer === undefined) {
      this.#fetch(span);
    }
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#request?.stop.abort();
  }

  #wanted(): LineSpan | undefined {
    const { places } = this.#options;
    const { from, to } = this.#view;
    const open = this.#open;
    const inView = places.need(from, to, open);
    return inView ||
      places.isCrowded ||
      !places.need(from - NEAR, to + NEAR, open)
      ? inView
      : places.need(from - MARGIN, to + MARGIN, open);
  }

  async #fetch(span: LineSpan): Promise<void> {
    const { read, add, onChange } = this.#options;
    const stop = new AbortController();
    this.#request = { span, stop };
    this.#wait(PACE);
    try {
      const lines = await read(span, stop.signal);
      if (stop.signal.aborted || this.#isClosed) {
        return;
      }
      this.#request = undefined;
      this.#failures = 0;
      add(lines);
      onChange();
      if (lines.length === 0) {
        // The log is just being read again; it has them later.
        this.#wait(RETRY);
      }
    } catch (error) {
      if (stop.signal.aborted || this.#isClosed) {
        return;
      }
      this.#request = undefined;
      this.#failures += 1;
      onChange(error as Error);
      this.#wait(Math.min(LONGEST_RETRY, RETRY * 2 ** (this.#failures - 1)));
    }
    if (this.#timer === undefined) {
      this.#next();
    }
  }

  /** Makes the next request wait. */
  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#next();
    }, ms);
  }

  #next(): void {
    const span = this.#request ? undefined : this.#wanted();
    if (span && !this.#isClosed) {
      this.#fetch(span);
    }
  }
}
