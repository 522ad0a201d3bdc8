import { isDeepStrictEqual } from 'node:util';
import type { Response } from 'express';
import { EventStream } from './sse';

/** Milliseconds between two looks at what a viewer may see. */
const RECHECK = 30_000;

export interface FollowedState<T> {
  /** Name of the events. */
  readonly event: string;
  /** The state now; `undefined` when there is none any more. */
  readonly read: () => Promise<T | undefined> | T | undefined;
  /** Resolves when it may have changed, after the milliseconds, or when the signal aborts. */
  readonly waitFor: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Rejects when the viewer may no longer see it. */
  readonly recheck: () => Promise<void>;
  /** Aborts when the backend stops. */
  readonly closing: AbortSignal;
}

/**
 * Sends a state at once, then each time that it changes. Ends when there is no state any
 * more; who asks again is then told why.
 */
export async function followState<T>(
  response: Response,
  { event, read, waitFor, recheck, closing }: FollowedState<T>,
): Promise<void> {
  const events = new EventStream(response);
  const signal = AbortSignal.any([events.signal, closing]);
  let sent: T | undefined;
  let checked = Date.now();
  while (!signal.aborted) {
    const state = await read();
    if (state === undefined) {
      break;
    }
    if (!isDeepStrictEqual(state, sent)) {
      sent = state;
      await events.send(event, state);
    } else if (Date.now() - checked < RECHECK) {
      await waitFor(checked + RECHECK - Date.now(), signal);
    } else {
      try {
        await recheck();
        checked = Date.now();
      } catch {
        // A viewer who may no longer see it comes back, and is told so.
        break;
      }
    }
  }
  events.end();
}
