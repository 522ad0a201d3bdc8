import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { kubeconfigOf } from '../kubeconfig';
import { ApiServerOptions } from '../options';
import { sendTestRequest, TestAnswer, TestRequest } from './testRequest';
import { startApiServer } from '../startApiServer';
import { createTls, Tls } from '../tls';

/** An API server for one test, and how to reach it. */
export interface TestApiServer {
  /** For example `https://127.0.0.1:43211`. */
  readonly url: string;
  /** PEM of the authority that signed the server's certificate. */
  readonly ca: string;
  readonly token: string;
  readonly kubeConfig: KubeConfig;
  readonly dataDir: string;
  /** Sends one request with the token and reads the whole answer. */
  request(
    method: string,
    path: string,
    options?: TestRequest,
  ): Promise<TestAnswer>;
  /** Stops the server; a second one can go on with its `dataDir`. */
  stop(): Promise<void>;
  /** Stops the server and removes what it kept. */
  close(): Promise<void>;
}

const TOKEN = 'test-token';
const silent = () => {};

/** One certificate for all servers of a test file: making one takes a while. */
let sharedTls: Promise<Tls> | undefined;

/** Starts a server with an empty store on a free port. */
export async function startTestApiServer(
  overrides: Partial<ApiServerOptions> = {},
): Promise<TestApiServer> {
  const dataDir =
    overrides.dataDir ?? (await mkdtemp(join(tmpdir(), 'apiserver-')));
  sharedTls ??= createTls(join(dataDir, 'tls'));
  const tls = await sharedTls;
  const server = await startApiServer({
    name: 'test',
    port: 0,
    tls,
    tokens: [{ token: TOKEN, username: 'admin', groups: ['system:masters'] }],
    kubeletToken: 'test-kubelet-token',
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    ...overrides,
    dataDir,
  });
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(
    JSON.stringify(
      kubeconfigOf(
        [{ name: 'test', server: server.url, ca: tls.ca, token: TOKEN }],
        'test',
      ),
    ),
  );
  return {
    url: server.url,
    ca: tls.ca,
    token: TOKEN,
    kubeConfig,
    dataDir,
    request: (method, path, options) =>
      sendTestRequest(server.url, tls.ca, TOKEN, method, path, options),
    stop: () => server.close(),
    close: async () => {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
