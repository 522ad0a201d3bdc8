import { connect, createServer } from 'node:net';
import { RAYJOBS } from '@ml-platform/rayjob';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
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
      let asked = false;
      const gate = createServer(async socket => {
        asked = true;
        await opened;
        const { hostname, port } = new URL(api.url);
        const upstream = connect(Number(port), hostname);
        socket.pipe(upstream).pipe(socket);
        socket.on('error', () => upstream.destroy());
        upstream.on('error', () => socket.destroy());
      });
      const url = `http://127.0.0.1:${await listen(gate)}`;
      backend = await startRealBackend({ clusters: [{ name: 'slow', url }] });
      await until(() => asked);
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
    'comes when all jobs of a cluster are read',
    async () => {
      const complete = api.collection(RAYJOBS).holdList();
      const clusters = [{ name: 'large', url: api.url }];
      backend = await startRealBackend({ clusters });
      await until(() => api.collection(RAYJOBS).watchers > 0);
      expect(await readiness()).toBe(503);
      complete();
      await backend.started;
      expect(await readiness()).toBe(200);
      const { headers, baseUrl } = backend;
      const jobs = await fetch(`${baseUrl}/api/ray/jobs`, { headers });
      expect(await jobs.json()).toMatchObject({
        total: 1,
        clusters: [{ name: 'large', ok: true }],
      });
    },
    PATIENCE,
  );

  it(
    'does not wait longer than its limit for a cluster that hangs',
    async () => {
      api.fault = { type: 'hang' };
      const clusters = [{ name: 'hanging', url: api.url }];
      backend = await startRealBackend({ clusters });
      await until(() => api.requests.length > 0);
      expect(await readiness()).toBe(503);
      // How long that is, the test of `firstSync` tells.
      await backend.started;
      expect(await readiness()).toBe(200);
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
      backend = await startRealBackend({
        clusters: [
          { name: 'good', url: api.url },
          { name: 'bad', ...cluster },
        ],
        ray: { clusters: [{ name: 'good' }, { name: 'bad', ...own }] },
      });
      await backend.started;
      expect(await readiness()).toBe(200);
    },
    PATIENCE,
  );
});
