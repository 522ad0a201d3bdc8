import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitFor } from '@testing-library/react';
import { openEventStream } from './openEventStream';
import type { StreamState } from './StreamState';

interface Connection {
  readonly url: string;
  readonly lastEventId?: string;
  readonly response: ServerResponse;
}

/** A server of events, over a real socket. */
async function startServer(answer: (connection: Connection) => void) {
  const connections: Connection[] = [];
  const server = createServer((request, response) => {
    const connection = {
      url: request.url ?? '',
      lastEventId: request.headers['last-event-id'] as string | undefined,
      response,
    };
    connections.push(connection);
    answer(connection);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    connections,
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const open = (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'text/event-stream' });
const send = (response: ServerResponse, id: string) =>
  response.write(`id: ${id}\nevent: lines\ndata: "${id}"\n\n`);

describe('openEventStream', () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  let close = () => {};
  const got: string[] = [];
  const states: StreamState['kind'][] = [];

  function start(options: { silenceMs?: number } = {}) {
    got.length = 0;
    states.length = 0;
    close = openEventStream({
      url: lastId => `${server.url}/?cursor=${lastId ?? ''}`,
      fetch,
      backoffMs: () => 10,
      onState: ({ kind }) => states.push(kind),
      onMessage: ({ event, data }) => {
        got.push(data);
        return event === 'end';
      },
      ...options,
    });
  }

  afterEach(() => {
    close();
    server.close();
  });

  it('goes on after the last event when the connection breaks', async () => {
    server = await startServer(({ response }) => {
      open(response);
      const round = server.connections.length;
      send(response, `${round}a`);
      send(response, `${round}b`);
      if (round < 3) {
        setTimeout(() => response.destroy(), 20);
      }
    });
    start();
    await waitFor(() => expect(got).toHaveLength(6));
    expect(server.connections.map(({ url }) => url)).toEqual([
      '/?cursor=',
      '/?cursor=1b',
      '/?cursor=2b',
    ]);
    expect(server.connections[2].lastEventId).toBe('2b');
    expect(states).toEqual([
      'connecting',
      'live',
      'reconnecting',
      'live',
      'reconnecting',
      'live',
    ]);
  });

  it('tries again after an error of the server', async () => {
    server = await startServer(({ response }) => {
      if (server.connections.length === 1) {
        response.writeHead(503).end();
      } else {
        open(response);
        send(response, 'x');
      }
    });
    start();
    await waitFor(() => expect(got).toEqual(['"x"']));
  });

  it('gives up, with the reason, when it is refused', async () => {
    server = await startServer(({ response }) => {
      response.writeHead(404, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          error: { name: 'NotFoundError', message: 'no such job' },
          response: { statusCode: 404 },
        }),
      );
    });
    start();
    await waitFor(() => expect(states).toEqual(['connecting', 'failed']));
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(server.connections).toHaveLength(1);
  });

  it('ends with the event that ends it', async () => {
    server = await startServer(({ response }) => {
      open(response);
      response.write('event: end\ndata: "done"\n\n');
    });
    start();
    await waitFor(() => expect(got).toEqual(['"done"']));
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(server.connections).toHaveLength(1);
    expect(states).toEqual(['connecting', 'live']);
  });

  it('leaves a line that went dead, but not one with heartbeats', async () => {
    server = await startServer(({ response }) => {
      open(response);
      send(response, 'x');
      if (server.connections.length === 2) {
        const timer = setInterval(() => response.write(': \n\n'), 20);
        response.on('close', () => clearInterval(timer));
      }
    });
    start({ silenceMs: 100 });
    await waitFor(() => expect(server.connections).toHaveLength(2));
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(server.connections).toHaveLength(2);
  });

  it('says nothing more once it is closed', async () => {
    server = await startServer(({ response }) => {
      open(response);
      send(response, 'x');
    });
    start();
    await waitFor(() => expect(got).toHaveLength(1));
    close();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(states).toEqual(['connecting', 'live']);
    expect(server.connections).toHaveLength(1);
  });
});
