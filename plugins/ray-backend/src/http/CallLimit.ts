import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Response } from 'express';
import { requesterOf } from '../permissions/requesterOf';
import { TooManyRequestsError } from './TooManyRequestsError';

export interface CallLimitOptions {
  /** Requests that one caller may have open. */
  readonly most: number;
  /** What is counted, for people. */
  readonly what?: string;
  /** What to do about it, as a sentence. */
  readonly advice?: string;
}

/** How many requests of one kind each caller has open. */
export class CallLimit {
  readonly #options: CallLimitOptions;
  readonly #open = new Map<string, number>();

  constructor(options: CallLimitOptions) {
    this.#options = options;
  }

  /**
   * Counts a request until its response is closed.
   * @throws {TooManyRequestsError} when the caller has as many open as one may
   */
  enter(caller: BackstageCredentials, response: Response): void {
    const name = requesterOf(caller);
    const open = this.#open.get(name) ?? 0;
    const {
      most,
      what = 'requests of this kind',
      advice = 'Wait until one of them ends',
    } = this.#options;
    if (open >= most) {
      throw new TooManyRequestsError(
        `You have ${open} ${what} open, which is the limit. ${advice}`,
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
