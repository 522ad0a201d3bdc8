import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  RayJobNotice,
  RayJobNoticeSender,
} from '@ml-platform/backstage-plugin-ray-node';
import { sleep } from '@ml-platform/kube';
import { Notifier } from '../util/Notifier';
import { atMost } from '../util/atMost';
import type { ClaimedNotice, NoticeStore } from './NoticeStore';

/** Milliseconds between two looks for what other backends have left. */
const POLL = 15_000;
/** Milliseconds that a sender may take; less than what is claimed stays ours. */
const LONGEST_SEND = 20_000;
/** Milliseconds before it is noted again that one was sent, if the database fails. */
const NOTE_AGAIN = 1_000;
/** Milliseconds before a notice is tried again, at first and at most. */
const RETRY = { first: 5_000, longest: 10 * 60_000 };

export interface NoticeOutboxOptions {
  readonly store: NoticeStore;
  readonly sender: RayJobNoticeSender;
  /** What is to be told by now; `undefined` where that is over. */
  readonly current: (notice: ClaimedNotice) => RayJobNotice | undefined;
  readonly logger: LoggerService;
  readonly clock: () => Date;
}

/** Sends the notices of the database, one after the other. */
export class NoticeOutbox {
  readonly #options: NoticeOutboxOptions;
  readonly #notifier = new Notifier();

  constructor(options: NoticeOutboxOptions) {
    this.#options = options;
  }

  /** Has {@link run} look at once. */
  wake(): void {
    this.#notifier.notify();
  }

  /** Sends until the signal aborts, and what it has begun with to its end. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const woken = this.#notifier.waitFor(POLL, signal);
      try {
        let more = true;
        while (more && !signal.aborted) {
          more = await this.#sendNext(signal);
        }
      } catch (error) {
        this.#options.logger.warn(
          `Couldn't read the notices of jobs; trying again: ${error}`,
        );
      }
      await woken;
    }
  }

  /** @returns false when none is due */
  async #sendNext(signal: AbortSignal): Promise<boolean> {
    const { store, clock, current } = this.#options;
    const claimed = await store.claim(clock());
    if (!claimed) {
      return false;
    }
    const notice = current(claimed);
    if (!notice) {
      await store.delete(claimed);
    } else if (await this.#send(notice, claimed.tries)) {
      await this.#setSent(claimed, signal);
    } else {
      const wait = Math.min(RETRY.first * 2 ** claimed.tries, RETRY.longest);
      await store.postpone(claimed, new Date(clock().getTime() + wait));
    }
    return true;
  }

  /** Tries to its end to note what was sent, which would be sent again otherwise. */
  async #setSent(notice: ClaimedNotice, signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        await this.#options.store.setSent(notice);
        return;
      } catch (error) {
        if (signal.aborted) {
          throw error;
        }
        await sleep(NOTE_AGAIN, signal);
      }
    }
  }

  async #send(notice: RayJobNotice, tries: number): Promise<boolean> {
    const { sender, logger } = this.#options;
    let sent = false;
    try {
      // Not cut short by the end of the backend: half sent would be sent again.
      await atMost(LONGEST_SEND, new AbortController().signal, async () => {
        await sender.send(notice);
        sent = true;
      });
    } catch (error) {
      const { kind, job } = notice;
      logger.warn(
        `Couldn't tell ${job.owner} of ${job.name} (${kind}, try ${tries + 1}); trying again: ${error}`,
      );
    }
    return sent;
  }
}
