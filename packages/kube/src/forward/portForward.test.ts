import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { FakePodPorts } from '../__testUtils__/FakePodPorts';
import { until } from '../__testUtils__/until';
import { createClusterAccess } from '../clusters/createClusterAccess';
import type { PodPort } from './PodPort';
import { portForward, type PortForward } from './portForward';

const MIB = 1024 * 1024;

describe('portForward', () => {
  let ports: FakePodPorts;
  let stop: AbortController;
  let errors: string[];
  let pod: string;
  let forward: PortForward;

  const start = (port = 0, target?: () => Promise<PodPort>) =>
    portForward({
      access: createClusterAccess({
        name: 'c',
        url: ports.url,
        auth: { type: 'token', token: 'secret' },
      }),
      target:
        target ?? (async () => ({ namespace: 'training', pod, port: 8265 })),
      port,
      signal: stop.signal,
      onError: message => errors.push(message),
    });

  const open = async (): Promise<Socket> => {
    const socket = connect(forward.port, forward.host);
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };

  const answerTo = async (socket: Socket): Promise<string> =>
    String((await once(socket, 'data'))[0]);

  /** Opens a connection that fails. */
  const failure = async () => {
    await once((await open()).resume(), 'close');
    await until(() => errors.length > 0);
  };

  beforeEach(async () => {
    ports = await FakePodPorts.start();
    stop = new AbortController();
    errors = [];
    pod = 'head-1';
    forward = await start();
  });

  afterEach(async () => {
    stop.abort();
    await forward.done;
    await ports.close();
  });

  it('carries each connection to the port of the pod', async () => {
    const [one, two] = [await open(), await open()];
    one.write('to one');
    two.write('to two');
    expect(await Promise.all([answerTo(one), answerTo(two)])).toEqual([
      'to one',
      'to two',
    ]);
    expect(ports.connections).toEqual(
      Array(2).fill(
        '/api/v1/namespaces/training/pods/head-1/portforward?ports=8265 Bearer secret',
      ),
    );
    expect(errors).toEqual([]);
  });

  it('asks for the pod at each connection, and goes on when one has gone', async () => {
    const first = await open();
    first.write('x');
    await answerTo(first);
    ports.breakAll();
    await once(first, 'close');
    await until(() => errors.length > 0);
    expect(errors).toEqual(['The connection to port 8265 of pod head-1 broke']);
    pod = 'head-2';
    const second = await open();
    second.write('y');
    expect(await answerTo(second)).toBe('y');
    expect(ports.connections[1]).toContain('/pods/head-2/');
  });

  it('passes on all that was sent before either side ends', async () => {
    ports.answer = ({ send, socket }) => {
      send('the whole ');
      send('answer');
      socket.close();
    };
    expect(await text(await open())).toBe('the whole answer');

    let got = 0;
    ports.answer = ({ socket }) =>
      socket.on('message', (message: Buffer) => {
        got += message.length - 1;
      });
    const sending = await open();
    sending.end(Buffer.alloc(3 * MIB));
    await until(() => got === 3 * MIB && ports.openCount === 0);
    expect(errors).toEqual([]);
  });

  it('says why the port does not answer', async () => {
    ports.answer = ({ complain, socket }) => {
      complain('connection refused\n');
      socket.close();
    };
    await failure();
    expect(errors).toEqual([
      "Port 8265 of pod head-1 doesn't answer: connection refused",
    ]);
  });

  it('says what the API server or the search for the pod says', async () => {
    ports.accepted = 'Bearer other';
    await failure();
    expect(errors).toEqual([
      'The cluster does not accept the credentials (Unauthorized); renew serviceAccountToken in the configuration',
    ]);
    stop.abort();
    await forward.done;
    stop = new AbortController();
    errors = [];
    forward = await start(0, async () => {
      throw new Error('The job has no head yet');
    });
    await failure();
    expect(errors).toEqual(['The job has no head yet']);
  });

  it('holds back a side that sends faster than the other reads', async () => {
    let waiting = 0;
    ports.answer = ({ send, socket }) => {
      for (let sent = 0; sent < 64; sent += 1) {
        send(Buffer.alloc(MIB / 2));
      }
      waiting = socket.bufferedAmount;
      setInterval(() => {
        waiting = socket.bufferedAmount;
      }, 20).unref();
    };
    const socket = await open();
    socket.pause();
    await until(() => waiting > 0);
    await new Promise(resolve => {
      setTimeout(resolve, 300);
    });
    // What the kernel and this side hold is bounded; the rest stays with the pod.
    expect(waiting).toBeGreaterThan(16 * MIB);
    let got = 0;
    socket.on('data', data => {
      got += data.length;
    });
    socket.resume();
    await until(() => got === 32 * MIB);
  });

  it('ends with its signal, and closes all connections', async () => {
    const socket = await open();
    socket.write('x');
    await answerTo(socket);
    const before = Date.now();
    stop.abort();
    await forward.done;
    await until(() => socket.destroyed && ports.openCount === 0);
    expect(Date.now() - before).toBeLessThan(1_000);
    expect(errors).toEqual([]);
  });

  it('ends while it looks for the pod or connects', async () => {
    stop.abort();
    await forward.done;
    stop = new AbortController();
    let asked = false;
    forward = await start(0, () => {
      asked = true;
      return new Promise(() => {});
    });
    await open();
    await until(() => asked);
    stop.abort();
    await expect(forward.done).resolves.toBeUndefined();
  });

  it('says when the local port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(start(port)).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is taken; end what uses it, or choose another port`,
    );
    other.close();
  });
});
