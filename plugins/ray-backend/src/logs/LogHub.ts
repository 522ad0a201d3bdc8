import { LogTopic } from './LogTopic';
import type { LogEnd, LogEvent, LogOpener, LogStart } from './logTypes';
import { viewLog } from './viewLog';

export interface LogView {
  /** The same key means the same log. */
  readonly key: string;
  readonly open: LogOpener;
  readonly start: LogStart;
  readonly signal: AbortSignal;
}

export interface LogHubOptions {
  /** Bytes of text that one log may keep in memory. */
  readonly maxBytes: number;
  /** Milliseconds that an upstream, or what it brought, outlives its last viewer. */
  readonly lingerMs: number;
}

interface Shared {
  readonly topic: LogTopic;
  viewers: number;
  linger?: NodeJS.Timeout;
}

/**
 * Shares one upstream among all who follow the same log. Each viewer reads at
 * its own pace from the topic's bounded window and costs nothing but its place.
 */
export class LogHub {
  readonly #options: LogHubOptions;
  readonly #topics = new Map<string, Shared>();
  #gapCount = 0;
  #droppedCount = 0;

  constructor(options: LogHubOptions) {
    this.#options = options;
  }

  get upstreams(): number {
    let sum = 0;
    for (const { topic } of this.#topics.values()) {
      sum += topic.end ? 0 : 1;
    }
    return sum;
  }

  /** Times that a viewer was too slow and lines were left out. */
  get gaps(): number {
    return this.#gapCount;
  }

  /** Lines that were left out for viewers who were too slow. */
  get droppedLines(): number {
    return this.#droppedCount;
  }

  get viewers(): number {
    let sum = 0;
    for (const { viewers } of this.#topics.values()) {
      sum += viewers;
    }
    return sum;
  }

  /** Follows a log until it ends or the signal aborts. */
  follow(view: LogView): AsyncGenerator<LogEvent, LogEnd> {
    return viewLog({
      ...view,
      enter: () => {
        const shared = this.#enter(view);
        return { topic: shared.topic, leave: () => this.#leave(view, shared) };
      },
      onGap: lines => {
        this.#gapCount += 1;
        this.#droppedCount += lines;
      },
    });
  }

  /** Ends all upstreams. */
  close(): void {
    for (const { topic, linger } of this.#topics.values()) {
      clearTimeout(linger);
      topic.close();
    }
    this.#topics.clear();
  }

  #enter(view: LogView): Shared {
    const known = this.#topics.get(view.key);
    if (known && (!known.topic.end || holdsRest(known.topic, view.start))) {
      clearTimeout(known.linger);
      known.viewers += 1;
      return known;
    }
    if (known?.viewers === 0) {
      // Replaced below: what it holds has no way back to a viewer.
      clearTimeout(known.linger);
      known.topic.close();
    }
    const shared: Shared = {
      topic: new LogTopic({
        open: view.open,
        start: view.start,
        maxBytes: this.#options.maxBytes,
      }),
      viewers: 1,
    };
    this.#topics.set(view.key, shared);
    // It reports its own failure to the viewers.
    shared.topic.run();
    return shared;
  }

  #leave({ key }: LogView, shared: Shared): void {
    shared.viewers -= 1;
    if (shared.viewers > 0) {
      return;
    }
    const forget = () => {
      shared.topic.close();
      if (this.#topics.get(key) === shared) {
        this.#topics.delete(key);
      }
    };
    const { end } = shared.topic;
    // Nobody comes back to one that is no longer among the topics.
    if (end?.reason === 'error' || this.#topics.get(key) !== shared) {
      forget();
    } else {
      shared.linger = setTimeout(forget, this.#options.lingerMs);
    }
  }
}

/**
 * Whether a log that has ended still holds what comes after a place. Its pod may
 * have gone with its end, and the archive take a moment: nobody else has it then.
 */
function holdsRest({ end, window }: LogTopic, { cursor }: LogStart): boolean {
  return (
    end?.reason !== 'error' &&
    cursor !== undefined &&
    window.find(cursor) !== undefined
  );
}
