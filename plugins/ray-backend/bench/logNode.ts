// A node that gives out logs as fast as it can: what is measured is the reader.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { answer } from './helper';

const CHUNK = 1_000;

function stamped(i: number): string {
  const nanoseconds = String(i % 1e9).padStart(9, '0');
  return `2026-11-23T21:06:21.${nanoseconds}Z epoch ${i}: loss 0.123456 accuracy 0.987654 on worker 7\n`;
}

function pod(name: string) {
  const state =
    name === 'long' ? { terminated: { exitCode: 0 } } : { running: {} };
  return {
    metadata: { name, namespace: 'n', uid: `uid-${name}` },
    spec: { containers: [{ name: 'c' }], restartPolicy: 'Never' },
    status: {
      phase: name === 'long' ? 'Succeeded' : 'Running',
      containerStatuses: [{ name: 'c', restartCount: 0, state }],
    },
  };
}

function start(lines: number): void {
  const chunks: Buffer[] = [];
  for (let i = 0; i < lines; i += CHUNK) {
    const texts = Array.from({ length: CHUNK }, (_, k) => stamped(i + k));
    chunks.push(Buffer.from(texts.join('')));
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://node');
    const [, name, log] = /\/pods\/([^/]+)(\/log)?/.exec(pathname) ?? [];
    if (!log) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(pod(name)));
    } else if (name === 'long') {
      Readable.from(chunks).pipe(response);
    } else {
      response.write(chunks[0]);
    }
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    const bytes = chunks.reduce((sum, { length }) => sum + length, 0);
    answer({ url: `http://127.0.0.1:${port}`, bytes });
  });
}

process.once('message', ({ lines }: { lines: number }) => start(lines));
