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

/**
 * One upstream and what it brought: runs while anybody watches, and a while
 * longer, so that a viewer who comes back finds it warm.
 */
export class LogTopic {
  readonly buffer: LogBuffer;
  readonly start: LogStart;
  end: LogEnd | undefined;
  private readonly notifier = new Notifier();
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

  /** Ends the upstream. */
  close(): void {
    this.abort.abort();
  }

  /** Resolves at the next change, or when the signal aborts. */
  changed(signal: AbortSignal): Promise<void> {
    return this.notifier.wait(signal);
  }
}
