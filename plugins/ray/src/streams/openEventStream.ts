import { refusal } from './refusal';
import {
  EventStreamContentType,
  fetchEventSource,
  type EventSourceMessage,
} from '@microsoft/fetch-event-source';
import type { CloseStream, StreamState } from './StreamState';
import { watchActivity } from './watchActivity';
import { untilVisible } from './untilVisible';

export interface EventStreamOptions {
  /** Address for the next connection; `lastId` is the last event id seen. */
  readonly url: (lastId: string | undefined) => string;
  readonly fetch: typeof fetch;
  /** Return true when the stream has come to its natural end. */
  readonly onMessage: (message: EventSourceMessage) => boolean | void;
  readonly onState: (state: StreamState) => void;
  /** Milliseconds before try number `attempt`, counted from 1. */
  readonly backoffMs?: (attempt: number) => number;
  /** Milliseconds without a byte, heartbeats included, that mean a dead line. */
  readonly silenceMs?: number;
}

/** 0.5 s, 1 s, 2 s … 15 s, less up to a quarter so that viewers spread out. */
function defaultBackoff(attempt: number): number {
  return (
    Math.min(15_000, 500 * 2 ** (attempt - 1)) * (1 - Math.random() * 0.25)
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
 * Keeps a server-sent event stream open: reconnects with backoff, goes on after
 * the last event seen, rests while the page is hidden (a browser has only six
 * connections for all tabs of the portal) and notices a line that went dead.
 */
export function openEventStream(options: EventStreamOptions): CloseStream {
  const { backoffMs = defaultBackoff, silenceMs = 60_000 } = options;
  const closed = new AbortController();
  let lastId: string | undefined;
  let ended = false;
  let attempt = 0;

  const connect = async (signal: AbortSignal, abort: () => void) => {
    await fetchEventSource(options.url(lastId), {
      headers: lastId === undefined ? {} : { 'Last-Event-ID': lastId },
      signal,
      openWhenHidden: true,
      fetch: async (input, init) =>
        watchActivity(await options.fetch(input, init), silenceMs, abort),
      onopen: async response => {
        if (!response.ok) {
          const reason = await refusal(response);
          throw isFinal(response.status) ? new RefusedError(reason) : reason;
        }
        const type = response.headers.get('content-type') ?? '';
        if (!type.startsWith(EventStreamContentType)) {
          throw new Error(`Expected a stream of events, got '${type}'`);
        }
        options.onState({ kind: 'live' });
      },
      onmessage: message => {
        attempt = 0;
        if (message.id) {
          lastId = message.id;
        }
        if (options.onMessage(message)) {
          ended = true;
          abort();
        }
      },
      onerror: error => {
        throw error;
      },
    });
  };

  const run = async () => {
    options.onState({ kind: 'connecting' });
    while (!closed.signal.aborted && !ended) {
      await untilVisible(closed.signal);
      const connection = new AbortController();
      const abort = () => connection.abort();
      const hidden = abortWhenHidden(abort);
      closed.signal.addEventListener('abort', abort, { once: true });
      let problem = new Error('The connection was closed');
      try {
        await connect(connection.signal, abort);
      } catch (error) {
        problem = error as Error;
      } finally {
        hidden();
        closed.signal.removeEventListener('abort', abort);
        abort();
      }
      if (closed.signal.aborted || ended) {
        return;
      }
      if (problem instanceof RefusedError) {
        options.onState({ kind: 'failed', error: problem.reason });
        return;
      }
      options.onState({ kind: 'reconnecting', error: problem });
      attempt += 1;
      await pause(backoffMs(attempt), closed.signal);
    }
  };
  run();
  return () => closed.abort();
}

/** Milliseconds that a hidden page keeps its stream, for a quick look away. */
const HIDDEN_GRACE_MS = 20_000;

function abortWhenHidden(abort: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onChange = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') {
      timer = setTimeout(abort, HIDDEN_GRACE_MS);
    }
  };
  document.addEventListener('visibilitychange', onChange);
  onChange();
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onChange);
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
