import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CustomErrorBase } from '@backstage/errors';
import type { Response } from 'express';
import { requesterOf } from '../permissions/requesterOf';

/** Backstage answers an error with the status that it carries. */
class TooManyRequestsError extends CustomErrorBase {
  override name = 'TooManyRequestsError' as const;
  readonly statusCode = 429;
}

/** How many requests of one kind each caller has open. */
export class CallLimit {
  readonly #most: number;
  readonly #open = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Counts a request until its response is closed.
   * @throws {TooManyRequestsError} when the caller has as many open as one may
   */
  enter(caller: BackstageCredentials, response: Response): void {
    const name = requesterOf(caller);
    const open = this.#open.get(name) ?? 0;
    if (open >= this.#most) {
      throw new TooManyRequestsError(
        `You have ${open} requests of this kind open, and no one may have more; wait until one of them ends`,
      );
    }
    this.#open.set(name, open + 1);
    response.on('close', () => {
      const left = (this.#open.get(name) ?? 1) - 1;
      if (left > 0) {
        this.#open.set(name, left);
      } else {
        this.#open.delete(name);
      }
    });
  }
}
