import { readFile, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Hands on what comes, in its order, after a delay in milliseconds. */
function handOn(from: Socket, to: Socket, delayOf: () => number): void {
  let due = 0;
  const later = (act: () => void) => {
    due = Math.max(due, performance.now() + delayOf());
    setTimeout(act, due - performance.now());
  };
  from.on('data', piece => later(() => to.write(piece)));
  from.on('end', () => later(() => to.end()));
  from.on('error', () => to.destroy());
}

/**
 * An API server of this machine as it is from afar: each byte takes half the round trip, and
 * opening a connection takes one more, as TCP does.
 *
 * @param kubeconfig - file that names the server as `https://host:port`
 * @param roundTrip - milliseconds there and back
 */
export async function fromAfar(kubeconfig: string, roundTrip: number) {
  const text = await readFile(kubeconfig, 'utf8');
  const [, host, port] = /https:\/\/([^:\s]+):(\d+)/.exec(text) ?? [];
  if (!host) {
    throw new Error(`${kubeconfig} names no server with a port`);
  }
  const server = createServer({ noDelay: true }, near => {
    const far = connect({ host, port: Number(port), noDelay: true });
    let opening = roundTrip;
    handOn(near, far, () => {
      const delay = roundTrip / 2 + opening;
      opening = 0;
      return delay;
    });
    handOn(far, near, () => roundTrip / 2);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) {
    throw new Error('The server listens on no port');
  }
  const file = `${kubeconfig}-afar`;
  await writeFile(file, text.replaceAll(`:${port}`, `:${address.port}`), {
    mode: 0o600,
  });
  return {
    kubeconfig: file,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
