import { stringify } from 'yaml';
import { Ports } from './ports';
import { Secrets } from './secrets';

/** What the portal has to be told of the embedded platform. */
export interface OverlayInput {
  readonly ports: Ports;
  readonly secrets: Secrets;
  /** PEM of the authority that signed the embedded API servers' certificates. */
  readonly certificateAuthority: string;
  readonly stateDir: string;
  /** Where images are pushed and pulled, as `localhost:7009`. */
  readonly registry: string;
  readonly dev: boolean;
}

const REPOSITORY = 'ml-platform/ml-platform';

function cluster(
  name: string,
  title: string,
  port: number,
  token: string,
  ca: string,
) {
  return {
    name,
    title,
    url: `https://127.0.0.1:${port}`,
    authProvider: 'serviceAccount',
    serviceAccountToken: token,
    caData: Buffer.from(ca).toString('base64'),
  };
}

/** The app-config overlay, as YAML: addresses, tokens and folders of the embedded platform. */
export function appConfigOverlay(input: OverlayInput): string {
  const { ports, secrets, certificateAuthority: ca } = input;
  const gitHost = `localhost:${ports.gitHost}`;
  const repository = `http://${gitHost}/${REPOSITORY}`;
  const blob = `${repository}/blob/main`;
  const backendUrl = `http://localhost:${ports.portal}`;
  return stringify({
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
      reading: { allow: [{ host: gitHost }] },
    },
    integrations: {
      github: [
        {
          host: gitHost,
          apiBaseUrl: `http://${gitHost}/api/v3`,
          token: secrets.git,
        },
      ],
    },
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
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            cluster(
              'workload-cluster',
              'Workload cluster',
              ports.workload,
              secrets.workload,
              ca,
            ),
            cluster(
              'management-cluster',
              'Management cluster',
              ports.management,
              secrets.management,
              ca,
            ),
          ],
        },
      ],
    },
    ray: {
      clusters: [{ name: 'workload-cluster', title: 'Workload cluster' }],
      gitops: {
        repoUrl: repository,
        branch: 'main',
        path: 'gitops',
        pollSeconds: 5,
      },
      logs: {
        archive: { type: 'directory', path: `${input.stateDir}/log-archive` },
      },
      builder: {
        type: 'service',
        url: `http://localhost:${ports.builder}`,
        token: secrets.builder,
        registry: input.registry,
      },
    },
  });
}
