import { once } from 'node:events';
import { createServer, Socket, type AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { PortForward } from '@kubernetes/client-node';
import {
  startTestApiServer,
  TestApiServer,
} from '../__testUtils__/TestApiServer';
import { WebSocket } from 'ws';

const PODS = '/api/v1/namespaces/default/pods';

describe('pods/portforward', () => {
  let server: TestApiServer;
  const connections: Socket[] = [];
  /** A process of the pod, which sends back what it gets. */
  const process = createServer(socket => {
    connections.push(socket);
    socket.on('error', () => {}).pipe(socket);
  });

  beforeAll(async () => {
    server = await startTestApiServer();
    process.listen(0, '127.0.0.1');
    await once(process, 'listening');
    const { port } = process.address() as AddressInfo;
    await pod('running', 'Running', { 8265: port, 6379: 1 });
    await pod('waiting', 'Pending', { 8265: port });
  });

  afterAll(async () => {
    process.close();
    await server.close();
  });

  async function pod(name: string, phase: string, ports: object) {
    await server.request('POST', PODS, {
      body: {
        metadata: {
          name,
          annotations: { 'local.ml-platform.dev/ports': JSON.stringify(ports) },
        },
        spec: { nodeName: 'n', containers: [{ name: 'a', image: 'i' }] },
      },
    });
    await server.request('PATCH', `${PODS}/${name}/status`, {
      contentType: 'application/merge-patch+json',
      body: { status: { phase, podIP: '127.0.0.1' } },
    });
  }

  const dial = (path: string, protocol = 'v4.channel.k8s.io') =>
    new WebSocket(`${server.url}${PODS}/${path}`, protocol, {
      ca: server.ca,
      headers: { authorization: `Bearer ${server.token}` },
    });

  async function refusal(path: string, protocol?: string): Promise<string> {
    const socket = dial(path, protocol);
    const [, answer] = await once(socket, 'unexpected-response');
    return JSON.parse(await text(answer)).message;
  }

  it('leads to the local port that stands for one of the pod', async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    await new PortForward(server.kubeConfig).portForward(
      'default',
      'running',
      [8265],
      output,
      null,
      input,
    );
    input.write('hello');
    expect(String((await once(output, 'data'))[0])).toBe('hello');
    const [connection] = connections;
    input.end();
    await once(connection, 'close');
  });

  it('says on the channel for errors that nothing listens', async () => {
    const socket = dial('running/portforward?ports=6379');
    const messages: Buffer[] = [];
    socket.on('message', (message: Buffer) => messages.push(message));
    await once(socket, 'close');
    expect(messages.slice(0, 2)).toEqual([
      Buffer.of(0, 0xeb, 0x18),
      Buffer.of(1, 0xeb, 0x18),
    ]);
    expect(messages[2][0]).toBe(1);
    expect(messages[2].subarray(1).toString()).toMatch(
      /^error forwarding port 6379 to pod running: .*ECONNREFUSED/,
    );
  });

  it('holds back a client that sends faster than the process reads', async () => {
    const taken = once(process, 'connection');
    const socket = dial('running/portforward?ports=8265');
    await once(socket, 'open');
    // It sends back what it gets, so it reads only while the client reads.
    socket.pause();
    await taken;
    for (let sent = 0; sent < 64; sent += 1) {
      socket.send(Buffer.alloc(1024 * 1024));
    }
    await new Promise(resolve => {
      setTimeout(resolve, 500);
    });
    expect(socket.bufferedAmount).toBeGreaterThan(16 * 1024 * 1024);
    socket.terminate();
  });

  it.each([
    ['none/portforward?ports=8265', 'pods "none" not found'],
    [
      'waiting/portforward?ports=8265',
      'unable to forward port because pod is not running. Current status=Pending',
    ],
    ['running/portforward?ports=22', 'pod running has no port "22" here'],
    ['running/portforward?ports=x', 'pod running has no port "x" here'],
    ['running/portforward', 'has to name one port'],
  ])('refuses %s: %s', async (path, message) => {
    expect(await refusal(path)).toContain(message);
  });

  it('says what does instead of other protocols', async () => {
    expect(await refusal('running/portforward?ports=8265', 'chat')).toContain(
      'its annotation local.ml-platform.dev/ports tells which',
    );
  });

  it('ends with the server', async () => {
    const socket = dial('running/portforward?ports=8265');
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await server.stop();
    await closed;
    expect(socket.readyState).toBe(WebSocket.CLOSED);
  });
});
