import type { FakeGitHub } from '@ml-platform/gitops/testUtils';

/** The sections of a configuration by which the portal takes jobs from a fake GitHub. */
export function gitOpsConfig(github: FakeGitHub) {
  const { host } = new URL(github.url);
  return {
    integrations: {
      github: [{ host, apiBaseUrl: github.url, token: 'secret' }],
    },
    ray: { gitops: { repoUrl: github.repoUrl } },
  };
}
