import {
  startTestGitHost,
  TEST_TOKEN,
} from '@ml-platform/embedded-githost/testUtils';
import { gitHubSource } from './GitSource';

describe('gitHubSource', () => {
  it('reads what it has to know from the repository, and keeps the token out of files', async () => {
    const git = await startTestGitHost({ 'README.md': '# Hello\n' });
    try {
      const url = new URL(git.host.repositoryUrl);
      await expect(gitHubSource({ url, token: TEST_TOKEN })).resolves.toEqual({
        host: url.host,
        apiUrl: git.host.apiUrl,
        token: TEST_TOKEN,
        // eslint-disable-next-line no-template-curly-in-string -- as it is in the file
        tokenInConfig: '${GITHUB_TOKEN}',
        repositoryUrl: url.href,
        repository: 'ml-platform/ml-platform',
        branch: 'main',
        pollSeconds: 15,
      });
      await expect(
        gitHubSource({
          url: new URL('/ml-platform/other', url),
          token: TEST_TOKEN,
        }),
      ).rejects.toThrow(/other couldn't be read: .*Check the address/);
    } finally {
      await git.close();
    }
  });
});
