import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { meta, quietLogger } from '../testing';
import { Informer } from './Informer';
import { KubeClient } from './KubeClient';
import type { KubeObject } from './objects';
import { resources } from './resources';

/** An API server that answers lists and watches as a test tells it. */
class ScriptedServer {
  readonly requests: URL[] = [];
  readonly watches: http.ServerResponse[] = [];
  items: KubeObject[] = [];
  version = '10';
  readonly #server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    this.requests.push(url);
    if (url.searchParams.has('watch')) {
      this.watches.push(response);
      response.writeHead(this.watchStatus);
      if (this.watchStatus === 200) {
        response.flushHeaders();
      } else {
        response.end(
          JSON.stringify({
            kind: 'Status',
            code: this.watchStatus,
            message: 'no',
          }),
        );
      }
      return;
    }
    const limit = Number(url.searchParams.get('limit'));
    const from = Number(url.searchParams.get('continue') ?? 0);
    const rest = from + limit < this.items.length ? String(from + limit) : '';
    response.end(
      JSON.stringify({
        metadata: { resourceVersion: this.version, continue: rest },
        items: this.items.slice(from, from + limit),
      }),
    );
  });
  watchStatus = 200;

  async listen(): Promise<KubeClient> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromClusterAndUser(
      { name: 'test', server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
      { name: 'test', token: 'secret' },
    );
    return new KubeClient({ kubeConfig });
  }

  send(type: string, object: unknown): void {
    this.watches.at(-1)?.write(`${JSON.stringify({ type, object })}\n`);
  }

  get lists(): number {
    return this.requests.filter(url => !url.searchParams.has('watch')).length;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

function pod(name: string, resourceVersion: string, uid = name): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta(name, { resourceVersion, uid }),
  };
}

describe('an informer', () => {
  let server: ScriptedServer;
  let client: KubeClient;
  let stop: AbortController;
  let informer: Informer<KubeObject>;
  let seen: string[];
  let synced: number;

  beforeEach(async () => {
    server = new ScriptedServer();
    client = await server.listen();
    stop = new AbortController();
    seen = [];
    synced = 0;
    informer = new Informer({
      client,
      resource: resources.pods,
      labelSelector: 'ray.io/cluster',
      logger: quietLogger,
      signal: stop.signal,
    });
    informer.subscribe(({ metadata }) =>
      seen.push(`${metadata.name}@${metadata.resourceVersion}`),
    );
  });
  afterEach(() => {
    stop.abort();
    client.close();
    server.close();
  });

  async function run(): Promise<void> {
    void informer.run(() => {
      synced += 1;
    });
    await watched(1);
  }

  async function watched(count: number): Promise<void> {
    for (let i = 0; i < 300 && server.watches.length < count; i += 1) {
      await sleep(10);
    }
    await sleep(20);
  }

  it('lists page by page, then watches from the version of the list', async () => {
    server.items = Array.from({ length: 501 }, (_, index) =>
      pod(`pod-${index}`, '5'),
    );
    await run();
    expect(seen).toHaveLength(501);
    expect(synced).toBe(1);
    const watch = server.requests.at(-1)?.searchParams;
    expect(watch?.get('resourceVersion')).toBe('10');
    expect(watch?.get('labelSelector')).toBe('ray.io/cluster');
    expect(watch?.get('allowWatchBookmarks')).toBe('true');
  });

  it('keeps its copy up to date', async () => {
    server.items = [pod('a', '5')];
    await run();
    server.send('MODIFIED', pod('a', '11'));
    server.send('ADDED', pod('b', '12'));
    server.send('DELETED', pod('a', '13'));
    await sleep(30);
    expect(seen).toEqual(['a@5', 'a@11', 'b@12', 'a@13']);
    expect(
      informer.list(() => true).map(({ metadata }) => metadata.name),
    ).toEqual(['b']);
    expect(informer.get('training', 'a')).toBeUndefined();
  });

  it('goes on from the last version, also of a bookmark, when the stream ends', async () => {
    await run();
    server.send('ADDED', pod('a', '11'));
    server.send('BOOKMARK', { metadata: { resourceVersion: '42' } });
    await sleep(20);
    server.watches[0].end();
    await watched(2);
    expect(server.requests.at(-1)?.searchParams.get('resourceVersion')).toBe(
      '42',
    );
    expect(server.lists).toBe(1);
  });

  it('goes on after a connection that broke', async () => {
    await run();
    server.send('ADDED', pod('a', '11'));
    await sleep(20);
    server.watches[0].destroy();
    await watched(2);
    expect(server.requests.at(-1)?.searchParams.get('resourceVersion')).toBe(
      '11',
    );
    expect(server.lists).toBe(1);
  });

  it.each(['in the stream', 'as the answer'])(
    'lists again where its version is gone (410 %s), and tells what changed meanwhile',
    async where => {
      server.items = [
        pod('kept', '5'),
        pod('gone', '6'),
        pod('remade', '7', 'old'),
      ];
      await run();
      seen.length = 0;
      server.items = [
        pod('kept', '5'),
        pod('remade', '20', 'new'),
        pod('new', '21'),
      ];
      server.version = '30';
      if (where === 'in the stream') {
        server.send('ERROR', { kind: 'Status', code: 410, message: 'too old' });
        await watched(2);
      } else {
        server.watchStatus = 410;
        server.watches[0].end();
        await watched(2);
        server.watchStatus = 200;
        await watched(3);
      }
      expect(server.lists).toBe(2);
      expect(seen.sort()).toEqual([
        'gone@6',
        'new@21',
        'remade@20',
        'remade@7',
      ]);
      expect(server.requests.at(-1)?.searchParams.get('resourceVersion')).toBe(
        '30',
      );
      expect(synced).toBe(1);
    },
  );
});
