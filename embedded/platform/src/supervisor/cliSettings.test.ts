import { readYaml } from '@ml-platform/rayjob';
import { cliSettings, type CliSettingsInput } from './cliSettings';
import { portsFrom } from './ports';

const input: CliSettingsInput = {
  ports: portsFrom(7007),
  secrets: {
    backend: 'backend-secret',
    builder: 'builder-secret',
    git: 'git-secret',
    installation: 'installation-secret',
    kubelet: 'kubelet-secret',
    management: 'management-secret',
    webhook: 'webhook',
    workload: 'workload-secret',
  },
  clusters: { kubeconfig: '/state/kubeconfig', embedded: true },
  git: {
    host: 'localhost:7008',
    apiUrl: 'http://localhost:7008/api',
    tokenInConfig: 'git-secret',
    repositoryUrl: 'http://localhost:7008/ml-platform/ml-platform',
    repository: 'ml-platform/ml-platform',
    branch: 'main',
    pollSeconds: 5,
  },
  embeddedGit: true,
  builds: true,
  registry: 'localhost:7009',
};

describe('cliSettings', () => {
  it('leads to both clusters, the builder, the repository and the portal', () => {
    expect(readYaml(cliSettings(input))).toMatchObject({
      kubeconfig: '/state/kubeconfig',
      contexts: { workload: 'workload', management: 'management' },
      cluster: 'workload-cluster',
      builder: { url: 'http://localhost:7009', token: 'builder-secret' },
      git: { token: 'git-secret' },
      portal: 'http://localhost:7007',
      user: 'guest',
    });
  });

  it("keeps a real repository's token out of files, and names no builder that is not there", () => {
    const text = cliSettings({ ...input, embeddedGit: false, builds: false });
    expect(text).not.toContain('-secret');
    expect(readYaml(text)).not.toHaveProperty('builder');
  });
});
