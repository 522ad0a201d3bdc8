import { Agent, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import { freePort } from '@ml-platform/kube/testUtils';
import { drainConnections } from './drainConnections';

/** Answers at once, or when it is told to. */
function slowPlugin(release: Promise<void>) {
  return createBackendPlugin({
    pluginId: 'slow',
    register(env) {
      env.registerInit({
        deps: { root: coreServices.rootHttpRouter },
        async init({ root }) {
          root.use('/now', (_, response) => response.end('now'));
          root.use('/later', (_, response) => {
            response.flushHeaders();
            release.then(() => response.end('later'));
          });
        },
      });
    },
  });
}

/** A backend with slow answers, and a client that keeps its connections. */
async function start(patienceMs?: number) {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  let release = () => {};
  const released = new Promise<void>(resolve => {
    release = resolve;
  });
  const backend = createBackend();
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        app: { baseUrl },
        backend: {
          baseUrl,
          listen: { host: '127.0.0.1', port },
          lifecycle: { serverShutdownDelay: { milliseconds: 500 } },
          server: { keepAliveTimeout: { minutes: 10 } },
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
      },
    }),
  );
  backend.add(mockServices.rootLogger.factory({ level: 'none' }));
  backend.add(
    rootHttpRouterServiceFactory({
      configure: options => {
        drainConnections({ ...options, patienceMs });
        options.applyDefaults();
      },
    }),
  );
  backend.add(slowPlugin(released));
  await backend.start();
  const agent = new Agent({ keepAlive: true });
  const ask = async (path: string) => {
    const [answer] = (await once(
      get(`${baseUrl}${path}`, { agent }),
      'response',
    )) as [IncomingMessage];
    const text = async () => Buffer.concat(await answer.toArray()).toString();
    return { connection: answer.headers.connection, text };
  };
  return { backend, ask, release };
}

describe('drainConnections', () => {
  it('sends clients elsewhere, answers what was asked, and then ends at once', async () => {
    const { backend, ask, release } = await start();
    const before = await ask('/now');
    expect([before.connection, await before.text()]).toEqual([
      'keep-alive',
      'now',
    ]);
    const later = await ask('/later');
    const stopped = backend.stop();
    await delay(100);
    const during = await ask('/now');
    expect([during.connection, await during.text()]).toEqual(['close', 'now']);
    await delay(1_000);
    release();
    expect(await later.text()).toBe('later');
    const begin = performance.now();
    await stopped;
    expect(performance.now() - begin).toBeLessThan(2_000);
  }, 20_000);

  it('ends also where a request is never answered', async () => {
    const { backend, ask } = await start(300);
    const never = await ask('/later');
    const [text] = await Promise.allSettled([never.text(), backend.stop()]);
    expect(String(text.status === 'rejected' && text.reason)).toMatch(
      'aborted',
    );
  }, 20_000);
});
