import type { EventSourceMessage } from 'eventsource-parser';
import { clearError } from '../api/clearError';
import { eventBody } from './eventBody';
import { untilVisible, watchHidden } from './pageVisibility';
import { readEvents } from './readEvents';
import { refusal } from './refusal';
import type { CloseStream, StreamState } from './StreamState';

export interface EventStreamOptions {
  /** Address for the next connection; `lastId` is the last event id seen. */
  readonly url: (lastId: string | undefined) => string;
  readonly fetch: typeof fetch;
  /** Returns true if the stream ends with this message. */
  readonly onMessage: (message: EventSourceMessage) => boolean | void;
  readonly onState: (state: StreamState) => void;
  /** Milliseconds to wait after `failures` failures in a row. */
  readonly backoffMs?: (failures: number) => number;
  /** Milliseconds without data or heartbeats after which a connection counts as dead. */
  readonly silenceMs?: number;
}

/** Milliseconds that a hidden page keeps its stream. */
const HIDDEN_GRACE_MS = 20_000;

/** 0.5 s, 1 s, 2 s … 15 s, minus up to a quarter so that viewers spread out. */
function defaultBackoff(failures: number): number {
  return (
    Math.min(15_000, 500 * 2 ** (failures - 1)) * (1 - Math.random() * 0.25)
  );
}

/** A refusal that another try wouldn't change. */
class RefusedError extends Error {
  constructor(readonly reason: Error) {
    super(reason.message);
  }
}

const isFinal = (status: number) =>
  status >= 400 && status < 500 && status !== 408 && status !== 429;

/**
 * The body of a response that is a stream of events.
 *
 * @throws {RefusedError} when the server refuses and another try wouldn't change that
 * @throws {Error} when the response isn't a stream for another reason
 */
async function bodyOf(response: Response): Promise<ReadableStream<Uint8Array>> {
  if (!response.ok) {
    const reason = await refusal(response);
    throw isFinal(response.status) ? new RefusedError(reason) : reason;
  }
  return eventBody(response);
}

/**
 * Keeps a stream of server-sent events open. Reconnects with back-off, resumes
 * after the last event, and leaves a dead connection. Pauses while the page is
 * hidden, because a browser has only six connections for all tabs of the portal.
 */
export function openEventStream(options: EventStreamOptions): CloseStream {
  const { onState, backoffMs = defaultBackoff, silenceMs = 60_000 } = options;
  const closed = new AbortController();
  let lastId: string | undefined;
  let failures = 0;

  const onEvent = (message: EventSourceMessage) => {
    const ended = options.onMessage(message);
    failures = 0;
    if (message.id !== undefined) {
      lastId = message.id || undefined;
    }
    if (ended) {
      closed.abort();
    }
  };

  const connect = async () => {
    const connection = new AbortController();
    const leave = () => connection.abort();
    closed.signal.addEventListener('abort', leave);
    const stopWatching = watchHidden(HIDDEN_GRACE_MS, leave);
    let silence = setTimeout(leave, silenceMs);
    try {
      const response = await options.fetch(options.url(lastId), {
        headers: {
          accept: 'text/event-stream',
          ...(lastId && { 'last-event-id': lastId }),
        },
        cache: 'no-store',
        signal: connection.signal,
      });
      const body = await bodyOf(response);
      if (!connection.signal.aborted) {
        onState({ kind: 'live' });
      }
      await readEvents({
        body,
        signal: connection.signal,
        onChunk: () => {
          clearTimeout(silence);
          silence = setTimeout(leave, silenceMs);
        },
        onEvent,
      });
    } finally {
      clearTimeout(silence);
      stopWatching();
      closed.signal.removeEventListener('abort', leave);
      leave();
    }
  };

  const run = async () => {
    onState({ kind: 'connecting' });
    await untilVisible(closed.signal);
    while (!closed.signal.aborted) {
      const error = await connect().then(
        () => new Error('The connection was closed'),
        problem => clearError(problem as Error),
      );
      if (closed.signal.aborted) {
        return;
      }
      if (error instanceof RefusedError) {
        onState({ kind: 'failed', error: error.reason });
        return;
      }
      onState({ kind: 'reconnecting', error });
      failures += 1;
      await pause(backoffMs(failures), closed.signal);
      await untilVisible(closed.signal);
    }
  };
  run();
  return () => closed.abort();
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  let stop = () => {};
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, ms);
    stop = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', stop);
  });
  signal.removeEventListener('abort', stop);
}
