import { connect, createServer } from 'node:net';
import { sleep } from '@ml-platform/kube';
import { RAYJOBS } from '@ml-platform/rayjob';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import {
  listen,
  startRealBackend,
  type RealBackend,
} from './__testUtils__/realBackend';

const PATIENCE = 20_000;

describe('the readiness of the backend', () => {
  let api: FakeKubeApi;
  let backend: RealBackend;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    api.put(RAYJOBS, { metadata: { name: 'first', namespace: 'training' } });
  });

  afterEach(async () => {
    await backend.stop();
    await api.close();
  });

  async function readiness(): Promise<number> {
    const path = '/.backstage/health/v1/readiness';
    return (await fetch(`${backend.baseUrl}${path}`)).status;
  }

  it(
    'comes after the first sync with a cluster that is slow to answer',
    async () => {
      let open = () => {};
      const opened = new Promise<void>(resolve => {
        open = resolve;
      });
      const gate = createServer(async socket => {
        await opened;
        const { hostname, port } = new URL(api.url);
        const upstream = connect(Number(port), hostname);
        socket.pipe(upstream).pipe(socket);
        socket.on('error', () => upstream.destroy());
        upstream.on('error', () => socket.destroy());
      });
      const url = `http://127.0.0.1:${await listen(gate)}`;
      backend = await startRealBackend({ clusters: [{ name: 'slow', url }] });
      await sleep(1_000);
      expect(await readiness()).toBe(503);
      open();
      await backend.started;
      expect(await readiness()).toBe(200);
      const { headers, baseUrl } = backend;
      const jobs = await fetch(`${baseUrl}/api/ray/jobs`, { headers });
      expect((await jobs.json()).total).toBe(1);
      gate.close();
    },
    PATIENCE,
  );

  it(
    'does not wait longer than its limit for a cluster that hangs',
    async () => {
      api.fault = { type: 'hang' };
      const begun = Date.now();
      const clusters = [{ name: 'hanging', url: api.url }];
      backend = await startRealBackend({ clusters });
      while (Date.now() - begun < 3_000) {
        expect(await readiness()).toBe(503);
        await sleep(200);
      }
      await backend.started;
      expect(await readiness()).toBe(200);
      expect(Date.now() - begun).toBeLessThan(10_000);
    },
    PATIENCE,
  );

  it.each([
    ['refuses connections', { url: 'http://127.0.0.1:1' }, {}],
    ['has a name that does not resolve', { url: 'http://c.invalid' }, {}],
    [
      'has credentials that nobody here can use',
      { url: 'http://c.invalid', authProvider: 'oidc' },
      {},
    ],
    [
      'has a kubeconfig that is missing',
      { url: 'http://c.invalid' },
      { auth: { type: 'kubeconfig', file: '/nonexistent/kubeconfig' } },
    ],
  ])(
    'does not wait for a cluster that %s',
    async (_, cluster, own) => {
      const begun = Date.now();
      backend = await startRealBackend({
        clusters: [
          { name: 'good', url: api.url },
          { name: 'bad', ...cluster },
        ],
        ray: { clusters: [{ name: 'good' }, { name: 'bad', ...own }] },
      });
      await backend.started;
      expect(await readiness()).toBe(200);
      expect(Date.now() - begun).toBeLessThan(8_000);
    },
    PATIENCE,
  );
});
