import type { LogEndReason } from '@ml-platform/backstage-plugin-ray-common';
import type { RayLogEvent } from '@ml-platform/backstage-plugin-ray-node';
import { Notifier } from '../util/Notifier';
import { LogBuffer } from './LogBuffer';

/** Where in a log to begin; at its first line where nothing is said. */
export interface LogStart {
  /** After this place. */
  readonly cursor?: string;
  /** At most this many lines before the end. */
  readonly tailLines?: number;
}

/** Opens a log at a place. */
export type LogOpener = (options: {
  readonly follow: boolean;
  readonly start: LogStart;
  readonly signal: AbortSignal;
}) => AsyncGenerator<RayLogEvent, LogEndReason>;

export interface LogEnd {
  readonly reason: LogEndReason;
  readonly message?: string;
}

/** Where a viewer is: number of the entry that it reads next. */
export interface ViewerPlace {
  seq: number;
}

/**
 * One upstream and what it brought: runs while anybody watches, and a while
 * longer, so that a viewer who comes back finds it warm.
 */
export class LogTopic {
  readonly buffer: LogBuffer;
  readonly start: LogStart;
  end: LogEnd | undefined;
  private readonly notifier = new Notifier();
  private readonly progress = new Notifier();
  private readonly places = new Set<ViewerPlace>();
  private held = false;
  private readonly begun = new Date().toISOString();
  private readonly abort = new AbortController();

  constructor(
    private readonly options: {
      readonly open: LogOpener;
      readonly start: LogStart;
      readonly maxBytes: number;
    },
  ) {
    this.start = options.start;
    this.buffer = new LogBuffer({ maxBytes: options.maxBytes });
  }

  /** True while the buffer holds the log from its very first line. */
  get fromFirstLine(): boolean {
    return (
      this.buffer.whole &&
      this.start.cursor === undefined &&
      this.start.tailLines === undefined
    );
  }

  /** True while slow viewers hold it back: its end is not that of the log. */
  get heldBack(): boolean {
    return this.held;
  }

  async run(): Promise<void> {
    const { signal } = this.abort;
    try {
      const stream = this.options.open({
        follow: true,
        start: this.start,
        signal,
      });
      let next = await stream.next();
      while (!next.done && !signal.aborted) {
        this.buffer.push(next.value);
        this.notifier.notify();
        await this.pace(next.value, signal);
        next = await stream.next();
      }
      this.end = { reason: next.done ? next.value : 'completed' };
    } catch (error) {
      this.end = {
        reason: 'error',
        message: error instanceof Error ? error.message : String(error),
      };
    }
    this.notifier.notify();
  }

  /** Counts a viewer in who reads from the buffer; the answer counts it out. */
  join(place: ViewerPlace): () => void {
    this.places.add(place);
    // It may be the first that is not behind.
    this.progress.notify();
    return () => {
      this.places.delete(place);
      this.progress.notify();
    };
  }

  /** To be called when a viewer has got on. */
  moved(): void {
    this.progress.notify();
  }

  /**
   * What was written before anybody watched is read at the pace of the quickest
   * viewer: a long log would otherwise run past a slow connection. What is
   * written since waits for nobody, as the node may rotate it away.
   */
  private async pace(event: RayLogEvent, signal: AbortSignal): Promise<void> {
    const time = event.type === 'lines' ? event.lines.at(-1)?.time : undefined;
    if (time === undefined || time > this.begun) {
      return;
    }
    while (!signal.aborted && this.allBehind()) {
      this.held = true;
      await this.progress.wait(signal);
    }
    this.held = false;
  }

  private allBehind(): boolean {
    const { buffer } = this;
    const all = buffer.upTo(buffer.next).bytes;
    for (const { seq } of this.places) {
      if (all - buffer.upTo(seq).bytes <= this.options.maxBytes / 2) {
        return false;
      }
    }
    return this.places.size > 0;
  }

  /** Ends the upstream. */
  close(): void {
    this.abort.abort();
  }

  /** Resolves at the next change, or when the signal aborts. */
  changed(signal: AbortSignal): Promise<void> {
    return this.notifier.wait(signal);
  }
}
