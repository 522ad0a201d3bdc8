import type { Config } from '@backstage/config';
import { TooManyStreamsError } from '../logs/logErrors';

/** Logs that one user may have open at once, unless the configuration says. */
const DEFAULT = 50;

/** Reads `ray.logs.maxStreamsPerUser`. */
export function readStreamLimit(config: Config): number {
  return config.getOptionalNumber('ray.logs.maxStreamsPerUser') ?? DEFAULT;
}

/** Counts the logs that each user has open, and lets none have too many. */
export class StreamLimit {
  readonly #perUser: number;
  readonly #open = new Map<string, number>();

  constructor(options: { readonly perUser: number }) {
    this.#perUser = options.perUser;
  }

  /**
   * Counts a log in; the answer counts it out.
   * @throws {TooManyStreamsError} when the user has too many open
   */
  enter(user: string): () => void {
    const count = this.#open.get(user) ?? 0;
    if (count >= this.#perUser) {
      throw new TooManyStreamsError(
        `You have ${count} logs open, which is the limit. Close pages or commands that follow logs, then try again; ray.logs.maxStreamsPerUser sets the limit`,
      );
    }
    this.#open.set(user, count + 1);
    return () => this.#leave(user);
  }

  #leave(user: string): void {
    const count = (this.#open.get(user) ?? 1) - 1;
    if (count > 0) {
      this.#open.set(user, count);
    } else {
      this.#open.delete(user);
    }
  }
}
