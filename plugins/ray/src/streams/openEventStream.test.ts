import { act } from '@testing-library/react';
import { openEventStream } from './openEventStream';
import type { StreamState } from './StreamState';

/** A connection that the test answers. */
interface Connection {
  readonly url: string;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  /** Sends a piece of the body. Pieces can be cut anywhere. */
  send(piece: string | Uint8Array): void;
  close(): void;
  fail(message: string): void;
}

const ENCODER = new TextEncoder();

/** A server that lets the test answer each connection. */
class FakeServer {
  readonly connections: Connection[] = [];
  /** Answers for the next connections, instead of a stream. */
  readonly refusals: Response[] = [];
  hang = false;

  readonly fetch: typeof fetch = async (input, init) => {
    const signal = init?.signal ?? new AbortController().signal;
    const headers = new Headers(init?.headers);
    const stream = new TransformStream<Uint8Array, Uint8Array>();
    const writer = stream.writable.getWriter();
    const ignore = () => {};
    const connection: Connection = {
      url: String(input),
      headers,
      signal,
      send: piece =>
        void writer
          .write(typeof piece === 'string' ? ENCODER.encode(piece) : piece)
          .catch(ignore),
      close: () => void writer.close().catch(ignore),
      fail: message => void writer.abort(new Error(message)).catch(ignore),
    };
    this.connections.push(connection);
    if (this.hang) {
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    }
    return (
      this.refusals.shift() ??
      new Response(stream.readable, {
        headers: { 'content-type': 'text/event-stream; charset=utf-8' },
      })
    );
  };
}

const lines = (id: string) => `id: ${id}\nevent: lines\ndata: ${id}\n\n`;

describe('openEventStream', () => {
  let server: FakeServer;
  let close: () => void;
  let got: string[];
  let states: StreamState[];
  const kinds = () => states.map(({ kind }) => kind);
  const pass = (ms = 0) => act(() => jest.advanceTimersByTimeAsync(ms));

  function setVisibility(value: DocumentVisibilityState) {
    jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(value);
    document.dispatchEvent(new Event('visibilitychange'));
  }

  beforeEach(() => {
    jest.useFakeTimers();
    server = new FakeServer();
    got = [];
    states = [];
  });

  afterEach(() => {
    close();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  async function start(silenceMs = 60_000) {
    close = openEventStream({
      url: lastId => `/events?after=${lastId ?? ''}`,
      fetch: server.fetch,
      backoffMs: failures => failures * 1_000,
      silenceMs,
      onState: state => states.push(state),
      onMessage: ({ event, data }) => {
        got.push(data);
        return event === 'end';
      },
    });
    await pass();
  }

  it('reads events wherever the network cuts them', async () => {
    await start();
    const bytes = ENCODER.encode('event: lines\r\ndata: épée\ndata: two\n\n');
    for (const byte of bytes) {
      server.connections[0].send(Uint8Array.of(byte));
    }
    await pass();
    expect(got).toEqual(['épée\ntwo']);
    expect(server.connections[0].headers.get('accept')).toBe(
      'text/event-stream',
    );
  });

  it('resumes after the last event when the connection breaks', async () => {
    await start();
    server.connections[0].send(`${lines('1a')}${lines('1b')}id: 1c\ndata: cu`);
    server.connections[0].fail('network');
    await pass(1_000);
    server.connections[1].send(': heartbeat\n\n');
    server.connections[1].close();
    await pass(2_000);
    expect(got).toEqual(['1a', '1b']);
    expect(server.connections.map(({ url }) => url)).toEqual([
      '/events?after=',
      '/events?after=1b',
      '/events?after=1b',
    ]);
    expect(server.connections[0].headers.has('last-event-id')).toBe(false);
    expect(server.connections[2].headers.get('last-event-id')).toBe('1b');
    expect(kinds()).toEqual([
      'connecting',
      'live',
      'reconnecting',
      'live',
      'reconnecting',
      'live',
    ]);
    expect(states[2]).toMatchObject({ error: { message: 'network' } });
  });

  it('waits longer after each failure, until an event arrives', async () => {
    server.refusals.push(
      new Response('', { status: 503 }),
      new Response('', { status: 429 }),
    );
    await start();
    await pass(1_000);
    expect(server.connections).toHaveLength(2);
    await pass(1_999);
    expect(server.connections).toHaveLength(2);
    await pass(1);
    server.connections[2].send(lines('x'));
    server.connections[2].close();
    await pass(999);
    expect(server.connections).toHaveLength(3);
    await pass(1);
    expect(server.connections).toHaveLength(4);
  });

  it('stops with the reason when the server refuses', async () => {
    server.refusals.push(
      new Response(
        JSON.stringify({
          error: { name: 'NotFoundError', message: 'no such job' },
          response: { statusCode: 404 },
        }),
        { status: 404, headers: { 'content-type': 'application/json' } },
      ),
    );
    await start();
    await pass(60_000);
    expect(kinds()).toEqual(['connecting', 'failed']);
    expect(states[1]).toMatchObject({
      error: { name: 'NotFoundError', message: 'no such job' },
    });
    expect(server.connections).toHaveLength(1);
  });

  it("tries again when the response isn't a stream", async () => {
    server.refusals.push(
      new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    );
    await start();
    await pass(1_000);
    expect(kinds()).toEqual(['connecting', 'reconnecting', 'live']);
  });

  it('ends with the last event, and ignores events after it', async () => {
    await start();
    server.connections[0].send('event: end\ndata: done\n\ndata: more\n\n');
    await pass(60_000);
    expect(got).toEqual(['done']);
    expect(server.connections).toHaveLength(1);
    expect(server.connections[0].signal.aborted).toBe(true);
    expect(kinds()).toEqual(['connecting', 'live']);
  });

  it('leaves a dead connection, but not one with heartbeats', async () => {
    await start(10_000);
    await pass(10_000);
    expect(server.connections[0].signal.aborted).toBe(true);
    await pass(1_000);
    for (let beat = 0; beat < 5; beat += 1) {
      await pass(9_000);
      server.connections[1].send(': \n\n');
      await pass();
    }
    expect(server.connections).toHaveLength(2);
  });

  it('leaves a server that never responds', async () => {
    server.hang = true;
    await start(10_000);
    await pass(11_000);
    expect(server.connections).toHaveLength(2);
  });

  it('pauses while the page is hidden, and resumes when it is visible', async () => {
    await start();
    server.connections[0].send(lines('1'));
    await pass();
    setVisibility('hidden');
    await pass(19_999);
    expect(server.connections[0].signal.aborted).toBe(false);
    await pass(600_000);
    expect(server.connections).toHaveLength(1);
    expect(server.connections[0].signal.aborted).toBe(true);
    setVisibility('visible');
    await pass();
    expect(server.connections[1].url).toBe('/events?after=1');
  });

  it('keeps its connection if the page is hidden only briefly', async () => {
    await start();
    setVisibility('hidden');
    await pass(5_000);
    setVisibility('visible');
    await pass(40_000);
    expect(server.connections[0].signal.aborted).toBe(false);
  });

  it('calls no handler after it is closed', async () => {
    await start();
    close();
    server.connections[0].send(lines('x'));
    await pass(60_000);
    expect(got).toEqual([]);
    expect(kinds()).toEqual(['connecting', 'live']);
    expect(server.connections).toHaveLength(1);
  });
});
