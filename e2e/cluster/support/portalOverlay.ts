import { CLIENT } from './IdentityProvider';
import { CLUSTER, NAMESPACE, type PortalTarget } from './target';

/** The portal's namespace. */
export const SPACE = 'backstage';

/** What the tests put in the place of Google Cloud, GitHub and External Secrets. */
export function portalOverlay(options: {
  readonly target: PortalTarget;
  readonly portalUrl: string;
  readonly issuer: string;
}) {
  const { target, portalUrl, issuer } = options;
  const database = new URL(target.database);
  const config = {
    backend: {
      database: {
        connection: {
          type: 'default',
          host: database.hostname,
          port: Number(database.port),
          user: database.username,
          database: database.pathname.slice(1),
        },
      },
      reading: { allow: [{ host: new URL(issuer).host }] },
    },
    catalog: {
      locations: [
        {
          type: 'url',
          target: `${issuer}/org.yaml`,
          rules: [{ allow: ['User', 'Group'] }],
        },
      ],
      providers: null,
    },
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: CLUSTER,
              url: 'https://kubernetes.default.svc',
              caFile: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
              authProvider: 'serviceAccount',
            },
          ],
        },
      ],
    },
    ray: {
      clusters: [{ name: CLUSTER, namespaces: [NAMESPACE] }],
      gitops: null,
      argocd: null,
      builder: null,
      workloadStorage: null,
      logs: { archive: null },
      policy: { registries: null },
    },
  };
  const gone = (apiVersion: string, kind: string, name: string) => ({
    patch: JSON.stringify({
      $patch: 'delete',
      apiVersion,
      kind,
      metadata: { name, namespace: SPACE },
    }),
  });
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: ['resources.yaml', '../../../gitops/apps/backstage'],
    configMapGenerator: [
      {
        name: 'portal-settings',
        namespace: SPACE,
        behavior: 'merge',
        literals: [
          `PORTAL_URL=${portalUrl}`,
          `OIDC_METADATA_URL=${issuer}/.well-known/openid-configuration`,
        ],
      },
      {
        name: 'portal-test',
        namespace: SPACE,
        literals: [`app-config.yaml=${JSON.stringify(config)}`],
      },
    ],
    patches: [
      gone('external-secrets.io/v1', 'ExternalSecret', 'portal-secrets'),
      gone('monitoring.coreos.com/v1', 'ServiceMonitor', 'portal'),
      {
        target: { kind: 'Deployment' },
        patch: JSON.stringify({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'backstage' },
          spec: {
            template: {
              spec: {
                containers: [
                  {
                    name: 'backstage',
                    image: target.image,
                    args: [
                      'node',
                      'packages/backend',
                      ...[
                        'app-config.yaml',
                        'app-config.production.yaml',
                        '/etc/portal/app-config.yaml',
                      ].flatMap(file => ['--config', file]),
                    ],
                    volumeMounts: [{ name: 'test', mountPath: '/etc/portal' }],
                  },
                ],
                volumes: [{ name: 'test', configMap: { name: 'portal-test' } }],
              },
            },
          },
        }),
      },
    ],
  };
}

/** Namespace, secrets, and the rights that a Google account has in production. */
export function portalResources(): readonly object[] {
  const subjects = [
    { kind: 'ServiceAccount', name: 'backstage', namespace: SPACE },
  ];
  const apiGroup = 'rbac.authorization.k8s.io';
  const secrets = {
    GITHUB_APP_ID: '1',
    GITHUB_APP_CLIENT_ID: 'none',
    GITHUB_APP_CLIENT_SECRET: 'none',
    GITHUB_APP_PRIVATE_KEY: 'none',
    GITHUB_WEBHOOK_SECRET: 'none',
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    SESSION_SECRET: 'session-secret-of-the-test',
  };
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: SPACE,
        labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'portal-secrets', namespace: SPACE },
      stringData: secrets,
    },
    {
      apiVersion: `${apiGroup}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'ml-platform-test-portal-read' },
      roleRef: {
        apiGroup,
        kind: 'ClusterRole',
        name: 'ml-platform-portal-read',
      },
      subjects,
    },
    {
      apiVersion: `${apiGroup}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'ml-platform-test-portal-act', namespace: NAMESPACE },
      roleRef: { apiGroup, kind: 'Role', name: 'ml-platform-portal-act' },
      subjects,
    },
  ];
}
