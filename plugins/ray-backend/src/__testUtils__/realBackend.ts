import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { sleep } from '@ml-platform/kube';
import { freePort } from '@ml-platform/kube/testUtils';
import rayPlugin from '..';
import { kubernetesConfig } from './kubernetesConfig';
import { testDatabase } from './testDatabase';

export interface RealBackend {
  readonly baseUrl: string;
  /** What lets a request in. */
  readonly token: string;
  readonly headers: { readonly authorization: string };
  /** Resolves when the start is through. */
  readonly started: Promise<void>;
  stop(): Promise<void>;
}

const TOKEN = 'token-of-the-test';

/** Lets a server listen on a free port and answers the port. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/**
 * The plugin in a backend as the portal runs it, with its health routes,
 * authentication and compression. Resolves when its health can be asked.
 */
export async function startRealBackend(options: {
  readonly clusters: readonly { readonly name: string; readonly url: string }[];
  /** The section `ray` of the configuration. */
  readonly ray?: object;
  /** More sections of the configuration. */
  readonly config?: object;
  readonly features?: readonly BackendFeature[];
  /** The database service. Default: one in memory. */
  readonly database?: BackendFeature;
}): Promise<RealBackend> {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const backend = createBackend();
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        app: { baseUrl },
        backend: {
          baseUrl,
          listen: { host: '127.0.0.1', port },
          auth: {
            externalAccess: [
              { type: 'static', options: { token: TOKEN, subject: 'test' } },
            ],
          },
        },
        kubernetes: kubernetesConfig(options.clusters),
        ray: options.ray ?? {},
        ...options.config,
      },
    }),
  );
  backend.add(mockServices.rootLogger.factory({ level: 'none' }));
  backend.add(options.database ?? testDatabase);
  backend.add(rayPlugin);
  options.features?.forEach(feature => backend.add(feature));
  const started = backend.start().then(() => {});
  const alive = async () => {
    const answer = await fetch(`${baseUrl}/.backstage/health/v1/liveness`);
    return answer.ok;
  };
  while (!(await alive().catch(() => false))) {
    await sleep(20);
  }
  return {
    baseUrl,
    token: TOKEN,
    headers: { authorization: `Bearer ${TOKEN}` },
    started,
    stop: () => started.then(() => backend.stop()),
  };
}
