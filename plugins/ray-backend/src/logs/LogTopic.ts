import { Notifier } from '../util/Notifier';
import {
  logEnd,
  type LogEnd,
  type LogEvent,
  type LogOpener,
  type LogStart,
} from './logTypes';
import { LogWindow } from './LogWindow';

/** Where a viewer is: number of the piece that it reads next. */
export interface ViewerPlace {
  seq: number;
}

export interface LogTopicOptions {
  readonly open: LogOpener;
  readonly start: LogStart;
  /** Bytes that are kept of what the upstream brought. */
  readonly maxBytes: number;
}

/**
 * One upstream and what it brought: runs while anybody watches, and a while
 * longer, so that a viewer who comes back finds it warm.
 */
export class LogTopic {
  readonly window: LogWindow;
  readonly start: LogStart;
  end: LogEnd | undefined;
  readonly #options: LogTopicOptions;
  readonly #notifier = new Notifier();
  readonly #progress = new Notifier();
  readonly #places = new Set<ViewerPlace>();
  readonly #begun = new Date().toISOString();
  readonly #abort = new AbortController();
  #held = false;

  constructor(options: LogTopicOptions) {
    this.#options = options;
    this.start = options.start;
    this.window = new LogWindow({ maxBytes: options.maxBytes });
  }

  /** True while the window holds the log from its very first line. */
  get fromFirstLine(): boolean {
    return (
      this.window.whole &&
      this.start.cursor === undefined &&
      this.start.tailLines === undefined
    );
  }

  /** True while slow viewers hold it back: its end is not that of the log. */
  get heldBack(): boolean {
    return this.#held;
  }

  async run(): Promise<void> {
    const { signal } = this.#abort;
    try {
      const stream = this.#options.open({
        follow: true,
        start: this.start,
        signal,
      });
      let next = await stream.next();
      while (!next.done && !signal.aborted) {
        this.window.push(next.value);
        this.#notifier.notify();
        await this.#pace(next.value, signal);
        next = await stream.next();
      }
      this.end = logEnd(next.done ? next.value : 'completed');
    } catch (error) {
      this.end = {
        reason: 'error',
        message: error instanceof Error ? error.message : String(error),
      };
    }
    this.#notifier.notify();
  }

  /** Counts a viewer in who reads from the window; the answer counts it out. */
  join(place: ViewerPlace): () => void {
    this.#places.add(place);
    // It may be the first that is not behind.
    this.#progress.notify();
    return () => {
      this.#places.delete(place);
      this.#progress.notify();
    };
  }

  /** To be called when a viewer has got on. */
  moved(): void {
    this.#progress.notify();
  }

  /**
   * What was written before anybody watched is read at the pace of the quickest
   * viewer: a long log would otherwise run past a slow connection. What is
   * written since waits for nobody, as the node may rotate it away.
   */
  async #pace(event: LogEvent, signal: AbortSignal): Promise<void> {
    const time = event.type === 'lines' ? event.lines.at(-1)?.time : undefined;
    if (time === undefined || time > this.#begun) {
      return;
    }
    while (!signal.aborted && this.#allBehind()) {
      this.#held = true;
      await this.#progress.wait(signal);
    }
    this.#held = false;
  }

  #allBehind(): boolean {
    const { window } = this;
    const all = window.upTo(window.next).bytes;
    for (const { seq } of this.#places) {
      if (all - window.upTo(seq).bytes <= this.#options.maxBytes / 2) {
        return false;
      }
    }
    return this.#places.size > 0;
  }

  /** Ends the upstream. */
  close(): void {
    this.#abort.abort();
  }

  /** Resolves at the next change, or when the signal aborts. */
  changed(signal: AbortSignal): Promise<void> {
    return this.#notifier.wait(signal);
  }
}
