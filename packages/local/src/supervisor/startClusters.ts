import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import {
  createTls,
  kubeconfigOf,
  startApiServer,
  writeKubeconfig,
} from '../apiserver';
import { Logger } from '../platformTypes';
import { Ports } from './ports';
import { Secrets } from './secrets';
import { Shutdown } from './Shutdown';

const CLUSTERS = ['management', 'workload'] as const;

/** Starts the API servers of both clusters and writes the kubeconfig for people. */
export async function startClusters(input: {
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly stateDir: string;
  readonly logger: (part: string) => Logger;
  readonly shutdown: Shutdown;
}): Promise<{
  readonly management: KubeConfig;
  readonly workload: KubeConfig;
  /** PEM */
  readonly certificateAuthority: string;
}> {
  const { ports, secrets, stateDir, logger, shutdown } = input;
  const tls = await createTls(join(stateDir, 'state', 'tls'));
  const contexts = await Promise.all(
    CLUSTERS.map(async name => {
      const server = await startApiServer({
        name,
        dataDir: join(stateDir, 'state', 'clusters', name),
        port: ports[name],
        tls,
        tokens: [
          {
            token: secrets[name],
            username: 'admin',
            groups: ['system:masters'],
          },
        ],
        kubeletToken: secrets.kubelet,
        logger: logger(`apiserver-${name}`),
      });
      shutdown.add(`API server of the ${name} cluster`, () => server.close());
      return { name, server: server.url, ca: tls.ca, token: secrets[name] };
    }),
  );
  await writeKubeconfig({
    path: join(stateDir, 'kubeconfig'),
    contexts,
    currentContext: 'workload',
  });

  const kubeConfig = (current: string) => {
    const config = new KubeConfig();
    config.loadFromString(JSON.stringify(kubeconfigOf(contexts, current)));
    return config;
  };
  return {
    management: kubeConfig('management'),
    workload: kubeConfig('workload'),
    certificateAuthority: tls.ca,
  };
}
