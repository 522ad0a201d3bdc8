import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadSettings, PROJECT_FILE, userSettingsFile } from './loadSettings';

describe('loadSettings', () => {
  let home: string;
  let project: string;

  const load = () =>
    loadSettings({ namespace: 'given' }, { cwd: project, env: { HOME: home } });

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'ml-platform-settings-'));
    project = join(home, 'project');
    await mkdir(project);
    await mkdir(dirname(userSettingsFile({ HOME: home })), { recursive: true });
  });

  afterEach(() => rm(home, { recursive: true, force: true }));

  it('takes the token of the own file for the repository of the project', async () => {
    await writeFile(
      join(project, PROJECT_FILE),
      'git: { repository: https://github.com/owner/repo, branch: jobs }\nnamespace: project',
    );
    await writeFile(
      userSettingsFile({ HOME: home }),
      'git: { repository: https://github.com/owner/repo, token: secret }\nuser: ada',
    );
    expect((await load()).settings).toEqual({
      contexts: {},
      git: {
        repository: 'https://github.com/owner/repo',
        branch: 'jobs',
        token: 'secret',
      },
      namespace: 'given',
      user: 'ada',
    });
  });

  it('gives no token to another repository', async () => {
    await writeFile(
      join(project, PROJECT_FILE),
      'git: { repository: https://github.com/owner/repo }',
    );
    await writeFile(
      userSettingsFile({ HOME: home }),
      'git: { repository: https://github.com/owner/other, token: secret }',
    );
    expect((await load()).settings.git).toEqual({
      repository: 'https://github.com/owner/repo',
    });
  });

  it('reads what holds for builds', async () => {
    const write = (text: string) =>
      writeFile(join(project, PROJECT_FILE), text);
    await write('builder: { plainHttp: ["r:5000"], timeoutMinutes: 90 }');
    expect((await load()).settings.builder).toEqual({
      plainHttp: ['r:5000'],
      timeoutMinutes: 90,
    });
    await write('builder: { plainHttp: r:5000 }');
    await expect(load()).rejects.toThrow('plainHttp must be a list of texts');
    await write('builder: { timeoutMinutes: 0.5 }');
    await expect(load()).rejects.toThrow('must be a whole number above 0');
  });
});
