import type { LogCursor } from '@ml-platform/sdk';
import { Notifier } from '../../util/Notifier';
import { logEnd, type LogEnd, type LogOutcome } from '../logTypes';
import { containerStart } from './containerStart';
import type { NumberedLog } from './NumberedLog';
import type { NumberedEvent, NumberedOpener } from './writtenFirst';

export interface LogFeedOptions {
  readonly create: () => NumberedLog;
  /** Milliseconds that the reading goes on when nobody needs it any more. */
  readonly lingerMs: number;
  /** Called when the log has grown. */
  readonly onGrow: () => void;
}

const notOpen: NumberedOpener = () => {
  throw new Error('Nobody has asked for the log yet');
};

/**
 * Reads one log from its first line into a numbered one, once for all who need
 * it: first what is there, then what is written. When nobody has needed it for a
 * while it pauses, and later goes on at the same line.
 */
export class LogFeed {
  /** Milliseconds since the epoch when somebody needed it last. */
  usedAt = Date.now();
  readonly #options: LogFeedOptions;
  readonly #changed = new Notifier();
  #open: NumberedOpener = notOpen;
  #log: NumberedLog;
  #cursor: LogCursor | undefined;
  /** Reasons of the gaps after the last line. */
  readonly #said = new Set<string>();
  #holders = 0;
  #linger: NodeJS.Timeout | undefined;
  #reading: AbortController | undefined;
  #last: Promise<void> = Promise.resolve();
  #isCaughtUp = false;
  #outcome: LogOutcome = 'read';
  #failure: unknown;
  #end: LogEnd | undefined;
  #waiting: string | undefined;

  constructor(options: LogFeedOptions) {
    this.#options = options;
    this.#log = options.create();
  }

  get log(): NumberedLog {
    return this.#log;
  }

  /** True once all is read that was there when the reading began. */
  get isCaughtUp(): boolean {
    return this.#isCaughtUp;
  }

  /** True when nobody had the log when it was read last. */
  get isMissing(): boolean {
    return this.#outcome === 'not-found' || this.#outcome === 'deleted';
  }

  /** How the log ended, once it has. */
  get end(): LogEnd | undefined {
    return this.#end;
  }

  /** What the log, or the disk, failed with when it was read last. */
  get failure(): unknown {
    return this.#failure;
  }

  /** What it waits for, while there is nothing to read. */
  get waiting(): string | undefined {
    return this.#waiting;
  }

  get isHeld(): boolean {
    return this.#holders > 0;
  }

  /** Has the log read, this way, until the answer is called. */
  hold(open: NumberedOpener): () => void {
    this.#open = open;
    this.#holders += 1;
    clearTimeout(this.#linger);
    if (!this.#reading && this.#end?.reason !== 'completed') {
      this.#start();
    }
    let isHeld = true;
    return () => {
      if (isHeld) {
        isHeld = false;
        this.#release();
      }
    };
  }

  /**
   * Resolves when all lines up to one are there, or all is read that there is.
   *
   * @param least - a line without which there is nothing to answer with
   * @throws what the log, or the disk, fails with
   */
  reach(line: number, least: number, signal: AbortSignal): Promise<void> {
    const isThere = (number: number) => () => this.#log.last >= number;
    return this.#until(isThere(line), isThere(least), signal);
  }

  /**
   * Resolves when a line of a time or later is there, or all is read that there is.
   * @throws what the log, or the disk, fails with
   */
  reachTime(time: string, signal: AbortSignal): Promise<void> {
    const isThere = () => this.#log.latest >= time;
    return this.#until(isThere, isThere, signal);
  }

  /** Resolves at the next change. */
  changed(signal: AbortSignal): Promise<void> {
    return this.#changed.wait(signal);
  }

  /** Forgets the log. */
  close(): void {
    clearTimeout(this.#linger);
    this.#stop();
    this.#log.close();
  }

  async #until(
    isThere: () => boolean,
    isEnough: () => boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const isOver = () => signal.aborted || !this.#reading || this.#isCaughtUp;
    while (!isOver() && !isThere()) {
      await this.#changed.wait(signal);
    }
    if (this.#failure !== undefined && !isEnough()) {
      throw this.#failure;
    }
  }

  #release(): void {
    this.#holders -= 1;
    this.usedAt = Date.now();
    if (this.#holders === 0) {
      const { lingerMs } = this.#options;
      this.#linger = setTimeout(() => this.#stop(), lingerMs).unref();
    }
  }

  #stop(): void {
    this.#reading?.abort();
    this.#reading = undefined;
    this.#changed.notify();
  }

  #start(): void {
    const reading = new AbortController();
    this.#reading = reading;
    this.#isCaughtUp = false;
    this.#failure = undefined;
    this.#end = undefined;
    // Two must not append at the same time.
    this.#last = this.#last.then(async () => {
      try {
        await this.#read(reading.signal);
      } catch (error) {
        this.#failure = reading.signal.aborted ? undefined : error;
      }
      if (this.#reading === reading) {
        this.#reading = undefined;
      }
      this.#changed.notify();
    });
  }

  async #read(signal: AbortSignal): Promise<void> {
    if (this.#cursor?.kind === 'archive') {
      // The live log doesn't know the place; the numbers will be the same again.
      this.#begin();
    }
    this.#outcome = await this.#take(false, signal);
    this.#isCaughtUp = !signal.aborted;
    const isOver = ['completed', 'deleted'].includes(this.#outcome);
    if (!isOver && !signal.aborted) {
      this.#changed.notify();
      this.#outcome = await this.#take(true, signal);
    }
    if (!signal.aborted) {
      this.#end = logEnd(this.#outcome);
    }
  }

  async #take(follow: boolean, signal: AbortSignal): Promise<LogOutcome> {
    const stream = this.#open({
      follow,
      start: { cursor: this.#cursor },
      signal,
    });
    try {
      let next = await stream.next();
      for (; !next.done && !signal.aborted; next = await stream.next()) {
        await this.#append(next.value);
        this.#options.onGrow();
        this.#changed.notify();
      }
      return next.done ? next.value : 'read';
    } finally {
      await stream.return('read');
    }
  }

  async #append(event: NumberedEvent): Promise<void> {
    this.#waiting = event.type === 'waiting' ? event.message : undefined;
    if (event.type === 'lines') {
      const start = containerStart(event.cursor);
      if (this.#cursor && containerStart(this.#cursor) !== start) {
        this.#begin();
      }
      await this.#log.append(event.lines);
      this.#cursor = event.cursor;
      if (event.lines.length > 0) {
        this.#said.clear();
      }
    } else if (event.type === 'gap' && !this.#said.has(event.reason)) {
      this.#said.add(event.reason);
      this.#log.miss(event.reason, event.lines);
    } else if (event.type === 'written') {
      this.#log.takeUp(event.log);
    }
  }

  /** Begins anew, at line 1. */
  #begin(): void {
    this.#log.close();
    this.#log = this.#options.create();
    this.#cursor = undefined;
    this.#said.clear();
  }
}
