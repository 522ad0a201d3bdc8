import { KubeClient, createClusterAccess } from '@ml-platform/kube';
import type { Kubectl } from './Kubectl';

interface Config {
  readonly clusters: readonly {
    readonly cluster: {
      readonly server: string;
      readonly 'certificate-authority-data'?: string;
    };
  }[];
}

/** Requests to the management cluster with the rights of the portal's own account. */
export async function portalAccount(management: Kubectl): Promise<KubeClient> {
  const token = await management.run([
    ...['create', 'token', '--namespace', 'backstage', 'backstage'],
  ]);
  const config: Config = JSON.parse(
    await management.run([
      ...['config', 'view', '--raw', '--minify', '--flatten', '-o', 'json'],
    ]),
  );
  const [{ cluster }] = config.clusters;
  return new KubeClient({
    access: createClusterAccess({
      name: 'management-cluster',
      url: cluster.server,
      caData: cluster['certificate-authority-data'],
      auth: { type: 'token', token: token.trim() },
    }),
  });
}
