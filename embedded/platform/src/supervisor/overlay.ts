import { writeYaml } from '@ml-platform/rayjob';
import { NAMESPACE } from './cliSettings';
import type { GitSource } from './GitSource';
import type { PortalCluster } from './PortalCluster';
import { Ports } from './ports';
import { Secrets } from './secrets';

/** What the portal has to be told of the embedded platform. */
export interface OverlayInput {
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly clusters: readonly PortalCluster[];
  /** Those of the clusters that hold jobs. */
  readonly jobClusters: readonly PortalCluster[];
  /**
   * Address of the repository in the Applications that bring the jobs; absent where none
   * of the clusters has them.
   */
  readonly applicationsRepository?: string;
  readonly git: Omit<GitSource, 'onPush' | 'token' | 'nameInApplications'>;
  readonly stateDir: string;
  /** Where images are pushed and pulled, for example `localhost:7009`. */
  readonly registry: string;
  readonly dev: boolean;
}

/** The app-config overlay, as YAML: addresses, tokens and folders of the embedded platform. */
export function appConfigOverlay(input: OverlayInput): string {
  const { ports, secrets, clusters, git } = input;
  const blob = `${git.repositoryUrl}/blob/${git.branch}`;
  const backendUrl = `http://localhost:${ports.portal}`;
  return writeYaml({
    app: { baseUrl: input.dev ? 'http://localhost:3000' : backendUrl },
    backend: {
      baseUrl: backendUrl,
      listen: { host: '127.0.0.1', port: ports.portal },
      ...(input.dev
        ? { cors: { origin: 'http://localhost:3000', credentials: true } }
        : {}),
      auth: {
        externalAccess: [
          {
            type: 'static',
            options: { token: secrets.backend, subject: 'embedded-platform' },
          },
        ],
      },
      database: {
        client: 'better-sqlite3',
        connection: { directory: `${input.stateDir}/portal` },
      },
      reading: { allow: [{ host: git.host }] },
    },
    integrations: {
      github: [
        { host: git.host, apiBaseUrl: git.apiUrl, token: git.tokenInConfig },
      ],
    },
    ...(git.webhookSecret
      ? {
          events: { modules: { github: { webhookSecret: git.webhookSecret } } },
        }
      : {}),
    catalog: {
      locations: [
        {
          type: 'url',
          target: `${blob}/catalog-info.yaml`,
          rules: [
            {
              allow: [
                'System',
                'Component',
                'Resource',
                'API',
                'Location',
                'User',
                'Group',
                'Template',
              ],
            },
          ],
        },
      ],
    },
    techdocs: {
      publisher: {
        type: 'local',
        local: { publishDirectory: `${input.stateDir}/techdocs` },
      },
    },
    kubernetes: {
      clusterLocatorMethods: [{ type: 'config', clusters }],
    },
    ray: {
      clusters: input.jobClusters.map(({ name, title }) => ({ name, title })),
      gitops: {
        repoUrl: git.repositoryUrl,
        branch: git.branch,
        path: 'gitops',
        pollSeconds: git.pollSeconds,
      },
      ...(input.applicationsRepository
        ? { argocd: { repoUrl: input.applicationsRepository } }
        : {}),
      logs: {
        archive: { type: 'directory', path: `${input.stateDir}/log-archive` },
      },
      jobs: { namespaces: [NAMESPACE] },
      builder: {
        type: 'service',
        url: `http://localhost:${ports.builder}`,
        token: secrets.builder,
        registry: input.registry,
      },
    },
  });
}
