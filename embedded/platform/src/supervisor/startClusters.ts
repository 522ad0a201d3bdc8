import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import {
  createTls,
  kubeconfigOf,
  startApiServer,
  writeKubeconfig,
} from '@ml-platform/embedded-apiserver';
import type { Logger } from '@ml-platform/kube';
import {
  CLUSTER_NAMES,
  type ContextName,
  type PortalCluster,
} from './PortalCluster';
import { Ports } from './ports';
import { Secrets } from './secrets';
import { Shutdown } from './Shutdown';

export interface EmbeddedCluster {
  readonly kubeConfig: KubeConfig;
  readonly portal: PortalCluster;
}

/** Starts the API servers of embedded clusters and writes the kubeconfig for people. */
export async function startClusters<Name extends ContextName>(input: {
  /** The last one is the kubeconfig's current context. */
  readonly names: readonly Name[];
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly stateDir: string;
  readonly logger: (part: string) => Logger;
  readonly shutdown: Shutdown;
}): Promise<Record<Name, EmbeddedCluster>> {
  const { names, ports, secrets, stateDir, logger, shutdown } = input;
  const tls = await createTls(join(stateDir, 'state', 'tls'));
  const contexts = await Promise.all(
    names.map(async name => {
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
    currentContext: names[names.length - 1],
  });

  const embedded = (name: Name): EmbeddedCluster => {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromString(JSON.stringify(kubeconfigOf(contexts, name)));
    return {
      kubeConfig,
      portal: {
        ...CLUSTER_NAMES[name],
        url: `https://127.0.0.1:${ports[name]}`,
        caData: Buffer.from(tls.ca).toString('base64'),
        authProvider: 'serviceAccount',
        serviceAccountToken: secrets[name],
      },
    };
  };
  return Object.fromEntries(
    names.map(name => [name, embedded(name)]),
  ) as Record<Name, EmbeddedCluster>;
}
