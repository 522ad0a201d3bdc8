// The plugin in a backend as the portal runs it: authentication, compression and
// all, for one cluster of a kubeconfig.
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import rayPlugin from '../src';
import { answer } from './helper';
import { heapUsed } from './measure';
import { TOKEN, type PortalOrder } from './portalOrder';

type Order = PortalOrder | { readonly type: 'heap' };

async function start(order: PortalOrder): Promise<object> {
  const { port, namespace, kubeconfig, context } = order;
  const baseUrl = `http://127.0.0.1:${port}`;
  const backend = createBackend();
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        app: { baseUrl },
        backend: {
          baseUrl,
          listen: { host: '127.0.0.1', port },
          database: { client: 'better-sqlite3', connection: ':memory:' },
          auth: {
            externalAccess: [
              { type: 'static', options: { token: TOKEN, subject: 'bench' } },
            ],
          },
        },
        ray: {
          clusters: [
            {
              name: 'bench',
              namespaces: [namespace],
              auth: { type: 'kubeconfig', file: kubeconfig, context },
            },
          ],
        },
      },
    }),
  );
  backend.add(mockServices.rootLogger.factory({ level: 'error' }));
  backend.add(rayPlugin);
  await backend.start();
  return { url: `${baseUrl}/api/ray` };
}

async function obey(order: Order): Promise<object> {
  return order.type === 'start' ? start(order) : { bytes: heapUsed() };
}

process.on('message', (order: Order) => {
  obey(order).then(answer, error => {
    process.stderr.write(`${error}\n`);
    process.exitCode = 1;
    process.disconnect();
  });
});
