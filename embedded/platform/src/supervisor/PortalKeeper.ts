import { describeEnd, type PortalEnd } from './portalEnd';

/** A portal that runs, or did. */
export interface RunningPortal {
  /** Resolves when the process ends, for whatever reason. */
  readonly ended: Promise<PortalEnd>;
  /** Resolves when the portal answers; rejects when it ends or stays silent. */
  ready(timeoutMs: number): Promise<void>;
  stop(): Promise<void>;
}

export interface PortalKeeperOptions {
  readonly start: () => RunningPortal;
  /** Milliseconds that the portal may take to answer. */
  readonly readyMs: number;
  /** Tells a person what happened. */
  readonly report: (message: string) => void;
  /** Where the log of the portal is. */
  readonly logFile: string;
  /** Milliseconds since some moment. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Restarts within {@link WINDOW}, after which it is given up. */
const MOST_RESTARTS = 5;
/** Milliseconds. */
const WINDOW = 5 * 60_000;
const SHORTEST_WAIT = 1_000;

/**
 * Keeps the portal running: one that ends by itself is started again, after waits
 * that double, until it has ended too often.
 */
export class PortalKeeper {
  readonly #options: PortalKeeperOptions;
  #portal: RunningPortal;
  #stopping = false;
  readonly #restarts: number[] = [];
  #giveUp: (reason: string) => void = () => {};
  /** Resolves to the reason when the portal is given up. */
  readonly givenUp: Promise<string>;

  constructor(options: PortalKeeperOptions) {
    this.#options = options;
    this.#portal = options.start();
    this.givenUp = new Promise(resolve => {
      this.#giveUp = resolve;
    });
  }

  /**
   * Resolves when the portal answers for the first time, and keeps it running from
   * then on. Rejects when it ends or stays silent: starting it again would not help.
   */
  async ready(): Promise<void> {
    await this.#portal.ready(this.#options.readyMs);
    void this.#keep().then(this.#giveUp);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#portal.stop();
  }

  async #keep(): Promise<string> {
    const { start, report, sleep, logFile, readyMs } = this.#options;
    for (;;) {
      const end = describeEnd(await this.#portal.ended);
      if (this.#stopping) {
        return end;
      }
      const wait = this.#nextWait();
      if (wait === undefined) {
        return `The portal ${end}, ${MOST_RESTARTS + 1} times within ${WINDOW / 60_000} minutes. Its log: ${logFile}`;
      }
      report(`The portal ${end}. Starting it again in ${wait / 1000} s …`);
      await sleep(wait);
      if (this.#stopping) {
        return end;
      }
      this.#portal = start();
      void this.#portal.ready(readyMs).then(
        () => report('The portal is back.'),
        // Its end is told above; one that stays silent is told here.
        error => report(String(error instanceof Error ? error.message : error)),
      );
    }
  }

  /** Milliseconds to wait, or `undefined` once it is no use. */
  #nextWait(): number | undefined {
    const now = this.#options.now();
    while (this.#restarts.length > 0 && now - this.#restarts[0] > WINDOW) {
      this.#restarts.shift();
    }
    const recent = this.#restarts.length;
    this.#restarts.push(now);
    return recent < MOST_RESTARTS ? SHORTEST_WAIT * 2 ** recent : undefined;
  }
}
