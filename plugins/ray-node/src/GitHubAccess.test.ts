import { ConfigReader } from '@backstage/config';
import { GitHubAccess } from './GitHubAccess';

const access = GitHubAccess.fromConfig(
  new ConfigReader({
    integrations: {
      github: [
        {
          host: 'git.example.com',
          apiBaseUrl: 'https://git.example.com/api/v3',
          token: 'secret',
        },
      ],
    },
  }),
);

describe('GitHubAccess', () => {
  it('reaches a host with the credentials of its integration', async () => {
    await expect(
      access.connect('https://git.example.com/o/r'),
    ).resolves.toEqual({
      apiBaseUrl: 'https://git.example.com/api/v3',
      token: 'secret',
    });
    const { location } = await access.open(
      'https://git.example.com/o/r/tree/main/workloads/a',
    );
    expect(location).toMatchObject({ owner: 'o', path: 'workloads/a' });
  });

  it('names the host that has no integration', async () => {
    await expect(access.connect('https://gitlab.com/o/r')).rejects.toThrow(
      "https://gitlab.com isn't a GitHub host of this portal",
    );
  });
});
