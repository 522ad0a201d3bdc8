import type { EventSourceMessage } from 'eventsource-parser';
import { untilVisible, watchHidden } from './pageVisibility';
import { readEvents } from './readEvents';
import { refusal } from './refusal';
import type { CloseStream, StreamState } from './StreamState';

export interface EventStreamOptions {
  /** Address for the next connection; `lastId` is the last event id seen. */
  readonly url: (lastId: string | undefined) => string;
  readonly fetch: typeof fetch;
  /** Return true when the stream has come to its natural end. */
  readonly onMessage: (message: EventSourceMessage) => boolean | void;
  readonly onState: (state: StreamState) => void;
  /** Milliseconds before the next try after `failures` in a row. */
  readonly backoffMs?: (failures: number) => number;
  /** Milliseconds without a byte, heartbeats included, that mean a dead connection. */
  readonly silenceMs?: number;
}

/** Milliseconds that a hidden page keeps its stream, for a quick look away. */
const HIDDEN_GRACE_MS = 20_000;

/** 0.5 s, 1 s, 2 s … 15 s, less up to a quarter so that viewers spread out. */
function defaultBackoff(failures: number): number {
  return (
    Math.min(15_000, 500 * 2 ** (failures - 1)) * (1 - Math.random() * 0.25)
  );
}

/** A refusal that another try would only repeat. */
class RefusedError extends Error {
  constructor(readonly reason: Error) {
    super(reason.message);
  }
}

const isFinal = (status: number) =>
  status >= 400 && status < 500 && status !== 408 && status !== 429;

/**
 * The body of an answer that is a stream of events.
 *
 * @throws {RefusedError} when the server says no and would say so again
 * @throws {Error} for any other answer that is no stream
 */
async function bodyOf(response: Response): Promise<ReadableStream<Uint8Array>> {
  if (!response.ok) {
    const reason = await refusal(response);
    throw isFinal(response.status) ? new RefusedError(reason) : reason;
  }
  const type = response.headers.get('content-type') ?? 'nothing';
  if (!response.body || !type.startsWith('text/event-stream')) {
    throw new Error(`Expected a stream of events, got ${type}`);
  }
  return response.body;
}

/**
 * Keeps a stream of server-sent events open: reconnects with back-off, resumes
 * after the last event seen, pauses while the page is hidden (a browser has only
 * six connections for all tabs of the portal) and leaves a dead connection.
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
        problem => problem as Error,
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
