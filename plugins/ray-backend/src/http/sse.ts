import type { Request, Response } from 'express';

const HEARTBEAT = 15_000;
/** Milliseconds that a viewer may take to read what was sent. */
const STALL = 60_000;

/** Headers that keep proxies and Backstage's own compression from holding data. */
export const STREAM_HEADERS = {
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
} as const;

/**
 * The stream's connection ends with it. Streams end when the backend stops: on a
 * connection that was kept, a client's next request would meet its end.
 */
const LAST_ANSWER = { connection: 'close' } as const;

/** A response that is written to over time, at the reader's pace. */
export class StreamResponse {
  /** Aborts when the reader is gone, or too slow to be one. */
  readonly signal: AbortSignal;
  readonly #response: Response;
  readonly #heartbeat: NodeJS.Timeout | undefined;

  constructor(
    response: Response,
    options: { readonly contentType: string; readonly heartbeat?: string },
  ) {
    this.#response = response;
    const gone = new AbortController();
    this.signal = gone.signal;
    response.status(200);
    response.set({
      'content-type': options.contentType,
      ...STREAM_HEADERS,
      ...LAST_ANSWER,
    });
    response.flushHeaders();
    const { heartbeat } = options;
    if (heartbeat) {
      this.#heartbeat = setInterval(() => response.write(heartbeat), HEARTBEAT);
    }
    response.on('close', () => {
      clearInterval(this.#heartbeat);
      gone.abort();
    });
  }

  /** Writes, and waits while the reader is behind. */
  async write(content: string | Uint8Array): Promise<void> {
    if (
      this.signal.aborted ||
      this.#response.writableEnded ||
      // Encoded here in one go: Node would set aside room for three times it.
      this.#response.write(
        typeof content === 'string' ? Buffer.from(content) : content,
      )
    ) {
      return;
    }
    await new Promise<void>(resolve => {
      const timer = setTimeout(() => this.#response.destroy(), STALL);
      const done = () => {
        clearTimeout(timer);
        this.#response.off('drain', done);
        this.#response.off('close', done);
        resolve();
      };
      this.#response.on('drain', done);
      this.#response.on('close', done);
    });
  }

  end(): void {
    clearInterval(this.#heartbeat);
    this.#response.end();
  }
}

/** Server-sent events over one response. */
export class EventStream {
  readonly #stream: StreamResponse;

  constructor(response: Response) {
    this.#stream = new StreamResponse(response, {
      contentType: 'text/event-stream; charset=utf-8',
      heartbeat: ': \n\n',
    });
  }

  get signal(): AbortSignal {
    return this.#stream.signal;
  }

  /** Sends one event; waits while the reader is behind. */
  send(event: string, data: unknown, id?: string): Promise<void> {
    const head = id === undefined ? '' : `id: ${id}\n`;
    return this.#stream.write(
      `${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
    );
  }

  end(): void {
    this.#stream.end();
  }
}

/** True when a request asks for server-sent events. */
export function wantsEvents(request: Request): boolean {
  return (
    request.accepts(['text/plain', 'text/event-stream']) === 'text/event-stream'
  );
}
