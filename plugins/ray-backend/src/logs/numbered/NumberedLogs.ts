import { tmpdir } from 'node:os';
import { LRUCache } from 'lru-cache';
import type { LogOpeners, LogPlace } from '../LogOpeners';
import { LogFeed } from './LogFeed';
import { NumberedLog } from './NumberedLog';

/** Milliseconds that a log is read on for when nobody needs it any more. */
const LINGER = 60_000;
/** Milliseconds that what was read stays. */
const KEEP = 30 * 60_000;
/** Logs that are kept though nobody needs them at the moment. */
const MOST = 200;
/** Characters of text that stay unpacked. */
const UNPACKED = 16 * 1024 * 1024;

export interface NumberedLogsOptions {
  readonly openers: LogOpeners;
  /** Bytes on disk that all logs together may take. */
  readonly maxBytes: number;
  /** Default: the system's folder for temporary files. */
  readonly folder?: string;
}

/** A log that is read as long as somebody holds it. */
export interface HeldLog {
  /** Id of the source whose lines are numbered. */
  readonly source: string;
  /** Whether its numbers are the same when it is read again. */
  readonly lasting: boolean;
  readonly feed: LogFeed;
  release(): void;
}

/** The logs whose lines can be asked for by number; each is read once for all. */
export class NumberedLogs {
  readonly #options: NumberedLogsOptions;
  readonly #feeds = new Map<string, LogFeed>();
  readonly #unpacked = new LRUCache<object, string>({
    maxSize: UNPACKED,
    // An empty text takes room too.
    sizeCalculation: text => text.length + 1,
  });

  constructor(options: NumberedLogsOptions) {
    this.#options = options;
  }

  /** Bytes on disk. */
  get bytes(): number {
    let sum = 0;
    for (const { log } of this.#feeds.values()) {
      sum += log.bytes;
    }
    return sum;
  }

  /**
   * Has a log read from its first line, if it isn't already; resolves when the first
   * one is there, or none is so far.
   *
   * @param signal - ends the wait
   * @throws {InputError} for a source that is malformed
   * @throws {NotFoundError} when the job has no such log
   * @throws {LogLostError} when the log was there, and can't be read any more
   * @throws what the log, or the disk, fails with
   */
  async open(place: LogPlace, signal: AbortSignal): Promise<HeldLog> {
    const { openers } = this.#options;
    const { job } = place;
    const held = await this.#hold(place);
    const { feed } = held;
    try {
      await feed.reach(1, 1, signal);
    } catch (error) {
      held.release();
      throw error;
    }
    const isLost = feed.isMissing && feed.log.last === 0;
    if (isLost && openers.hasEnded(job)) {
      held.release();
      throw openers.lost({ job, source: held.source });
    }
    return held;
  }

  /** Forgets all logs. */
  close(): void {
    this.#feeds.forEach(feed => feed.close());
    this.#feeds.clear();
    this.#unpacked.clear();
  }

  async #hold({ job, source, previous }: LogPlace): Promise<HeldLog> {
    const { openers } = this.#options;
    const found = await openers.findNumbered({ job, source, previous });
    const { cluster, namespace, name, uid } = job;
    const run = previous ? 'previous' : 'latest';
    const key = [cluster, namespace, name, uid, run, found.source].join('/');
    const { folder = tmpdir() } = this.#options;
    const feed =
      this.#feeds.get(key) ??
      new LogFeed({
        create: () => new NumberedLog({ folder, unpacked: this.#unpacked }),
        lingerMs: LINGER,
        onGrow: () => this.#makeRoom(),
      });
    this.#feeds.set(key, feed);
    const release = feed.hold(found.open);
    this.#forgetOld();
    return { source: found.source, lasting: found.lasting, feed, release };
  }

  /** Logs that nobody holds, the one first that was needed longest ago. */
  #idle(): [string, LogFeed][] {
    return [...this.#feeds]
      .filter(([, { isHeld }]) => !isHeld)
      .sort(([, a], [, b]) => a.usedAt - b.usedAt);
  }

  #forget(key: string): void {
    this.#feeds.get(key)?.close();
    this.#feeds.delete(key);
  }

  #forgetOld(): void {
    const idle = this.#idle();
    const old = Date.now() - KEEP;
    idle.forEach(([key, { usedAt }], i) => {
      if (usedAt < old || idle.length - i > MOST) {
        this.#forget(key);
      }
    });
  }

  /** Frees room on the disk: logs that nobody holds, then the oldest lines. */
  #makeRoom(): void {
    const { maxBytes } = this.#options;
    if (this.bytes <= maxBytes) {
      return;
    }
    for (const [key] of this.#idle()) {
      if (this.bytes > maxBytes) {
        this.#forget(key);
      }
    }
    const logs = [...this.#feeds.values()].map(({ log }) => log);
    logs.sort((a, b) => b.bytes - a.bytes);
    for (const log of logs) {
      while (this.bytes > maxBytes && log.dropOldest());
    }
  }
}
