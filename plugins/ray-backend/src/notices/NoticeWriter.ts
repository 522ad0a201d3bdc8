import type { LoggerService } from '@backstage/backend-plugin-api';
import { sleep } from '@ml-platform/kube';
import { Notifier } from '../util/Notifier';
import {
  noticeKey,
  type NewNotice,
  type NoticeKey,
  type NoticeStore,
} from './NoticeStore';

/** Milliseconds after which something is no news any more, whether told or not. */
export const NEWS = 7 * 24 * 3_600_000;
/** Milliseconds that it is remembered what was told; longer than it is news. */
const REMEMBERED = 30 * 24 * 3_600_000;
/** Milliseconds in which changes become one write, and before a failed one is repeated. */
const BATCH = 1_000;
const RETRY = 10_000;
/** Milliseconds between two looks for what is too old. */
const PRUNE = 3_600_000;

export interface NoticeWriterOptions {
  readonly store: NoticeStore;
  readonly logger: LoggerService;
  readonly clock: () => Date;
  /** Called when the database has new notices. */
  readonly onWritten: () => void;
}

/** Brings what is to be told into the database, in batches. */
export class NoticeWriter {
  readonly #options: NoticeWriterOptions;
  readonly #notifier = new Notifier();
  /** What is not in the database yet, by key. */
  #unwritten = new Map<string, NewNotice>();
  /** What is to be told again if it happens again. */
  readonly #undone: NoticeKey[] = [];
  /** ISO 8601; what happened before is not told. */
  #since = '';
  #pruneAt = 0;

  constructor(options: NoticeWriterOptions) {
    this.#options = options;
  }

  /** Finds out since when people are told; until the signal aborts. */
  async begin(signal: AbortSignal): Promise<void> {
    const { store, clock } = this.#options;
    await this.#repeat(signal, async () => {
      this.#since = await store.begin(clock());
    });
  }

  /** Takes what is to be told, unless it is old. */
  put(notice: NewNotice): void {
    const oldest = new Date(this.#options.clock().getTime() - NEWS);
    const { happenedAt } = notice;
    if (happenedAt >= this.#since && happenedAt >= oldest.toISOString()) {
      this.#unwritten.set(noticeKey(notice), notice);
      this.#notifier.notify();
    }
  }

  /** Takes back what turned out not to last. */
  undo(notice: NoticeKey): void {
    this.#unwritten.delete(noticeKey(notice));
    this.#undone.push(notice);
    this.#notifier.notify();
  }

  /** Writes until the signal aborts, then what is left. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#repeat(signal, () => this.#write());
      if (this.#unwritten.size + this.#undone.length === 0) {
        await this.#notifier.waitFor(PRUNE, signal);
      }
      await sleep(BATCH, signal);
    }
    await this.#write().catch(error =>
      this.#options.logger.warn(
        `The last notices of jobs were not written; the next start makes up for it: ${error}`,
      ),
    );
  }

  async #write(): Promise<void> {
    const { store, clock, onWritten } = this.#options;
    const now = clock();
    for (; this.#undone.length > 0; this.#undone.shift()) {
      await store.delete(this.#undone[0]);
    }
    const notices = this.#unwritten;
    this.#unwritten = new Map();
    try {
      await store.add([...notices.values()], now);
    } catch (error) {
      this.#unwritten = new Map([...notices, ...this.#unwritten]);
      throw error;
    }
    if (notices.size > 0) {
      onWritten();
    }
    if (now.getTime() >= this.#pruneAt) {
      this.#pruneAt = now.getTime() + PRUNE;
      await store.prune(new Date(now.getTime() - REMEMBERED));
    }
  }

  /** Repeats what the database doesn't take, until the signal aborts. */
  async #repeat(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    for (let done = false; !done && !signal.aborted;) {
      try {
        await work();
        done = true;
      } catch (error) {
        this.#options.logger.warn(
          `The notices of jobs can't be written; trying again: ${error}`,
        );
        await sleep(RETRY, signal);
      }
    }
  }
}
