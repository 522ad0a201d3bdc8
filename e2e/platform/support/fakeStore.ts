import type { Fork } from './Fork';

/** What the secrets are that the platform's ExternalSecrets name. */
const SECRETS: Readonly<Record<string, string>> = {
  'ml-platform-github-app': JSON.stringify({
    appId: '1',
    clientId: 'client',
    clientSecret: 'secret',
    privateKey: 'key',
  }),
  'ml-platform-webhook': 'webhook',
  'ml-platform-oidc-client': JSON.stringify({
    clientId: 'client',
    clientSecret: 'secret',
  }),
  'ml-platform-session': 'open sesame',
  'ml-platform-grafana-oidc': JSON.stringify({
    clientId: 'client',
    clientSecret: 'secret',
    allowedDomains: 'example.com',
  }),
};

/** Secrets come from a store that needs no Google. */
export async function useFakeStore(fork: Fork): Promise<void> {
  await fork.editApps('management-cluster', ({ apps }) => {
    delete apps['secret-store']?.patches;
  });
  await fork.write('gitops/infrastructure/external-secrets/store/store.yaml', {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name: 'secret-manager' },
    spec: {
      conditions: [
        {
          namespaceSelector: {
            matchLabels: { 'ml-platform.dev/secrets': 'true' },
          },
        },
      ],
      provider: {
        fake: {
          data: Object.entries(SECRETS).map(([key, value]) => ({ key, value })),
        },
      },
    },
  });
}
