import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '@ml-platform/kube/testUtils';
import { readYaml } from '@ml-platform/rayjob';
import { CliProject } from '../../__testUtils__/CliRun';

const run = promisify(execFile);
const FILE = '.ml-platform.yaml';

describe('init', () => {
  let project: CliProject;

  const read = async (file = FILE) =>
    readYaml(await readFile(join(project.folder, file), 'utf8'));

  beforeEach(async () => {
    project = await CliProject.create({
      workload: 'http://127.0.0.1:1',
      management: 'http://127.0.0.1:2',
    });
  });

  afterEach(() => project.remove());

  it('takes what it finds, from anywhere in the checkout', async () => {
    const git = (...args: string[]) =>
      run('git', args, { cwd: project.folder });
    await git('init', '-q');
    await git('remote', 'add', 'origin', 'git@github.com:owner/repo.git');
    const { code, stderr } = await project.run('init', '--yes');
    expect(stderr).toContain('Wrote ');
    expect(code).toBe(0);
    expect(await read()).toEqual({
      contexts: { workload: 'workload', management: 'management' },
      namespace: 'training',
      git: { repository: 'https://github.com/owner/repo' },
    });
  });

  it('takes every setting as an option', async () => {
    const { code } = await project.run(
      ...['init', '--yes', '--project', 'p', '-n', 'n', '--as', 'ada'],
      ...['--context', 'management', '--management-context', 'workload'],
      ...['--kubeconfig', 'kubeconfig', '--cluster-name', 'c'],
      ...['--registry', 'r.io/team', '--portal', 'http://portal'],
      ...['--builder', 'service', '--builder-url', 'http://builder'],
      ...['--repository', 'https://github.com/owner/repo', '--branch', 'b'],
      ...['--via', 'portal'],
    );
    expect(code).toBe(0);
    expect(await read()).toEqual({
      projectId: 'p',
      kubeconfig: 'kubeconfig',
      contexts: { workload: 'management', management: 'workload' },
      cluster: 'c',
      namespace: 'n',
      registry: 'r.io/team',
      builder: { type: 'service', url: 'http://builder' },
      git: { repository: 'https://github.com/owner/repo', branch: 'b' },
      portal: 'http://portal',
      via: 'portal',
      user: 'ada',
    });
  });

  it('replaces a file with --force only, and keeps its token', async () => {
    await project.write(
      FILE,
      'git: { repository: https://github.com/owner/repo, token: secret }',
    );
    const refused = await project.run('init', '--yes');
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain('replace it with --force');
    expect((await project.run('init', '--yes', '--force')).code).toBe(0);
    expect(await read()).toMatchObject({
      namespace: 'training',
      git: { token: 'secret' },
    });
  });

  it("writes the person's own file, without what others' files keep secret", async () => {
    await project.write(
      FILE,
      'git: { repository: https://github.com/owner/repo, token: secret }',
    );
    expect((await project.run('init', '--user', '--yes')).code).toBe(0);
    const own = '.config/ml-platform/config.yaml';
    expect(await read(own)).toMatchObject({
      git: { repository: 'https://github.com/owner/repo' },
    });
    expect(await readFile(join(project.folder, own), 'utf8')).not.toContain(
      'secret',
    );
  });

  it('asks on a terminal, with what it found', async () => {
    const asking = project.start(['init'], { terminal: true });
    const answers = [
      ['that jobs run on', '2'],
      ['of Argo CD', 'none'],
      ['Namespace of jobs, - for none [training]', ''],
      ['Registry', 'r.io/team'],
      ['Repository', ''],
      ['portal:', 'http://portal'],
    ] as const;
    for (const [question, answer] of answers) {
      await until(() => {
        const rest = asking.stderr.slice(asking.stderr.lastIndexOf('\n') + 1);
        return asking.stderr.includes(question) && /: $/.test(rest);
      });
      asking.type(answer);
    }
    expect((await asking.done).code).toBe(0);
    expect(await read()).toEqual({
      contexts: { workload: 'workload' },
      namespace: 'training',
      registry: 'r.io/team',
      portal: 'http://portal',
    });
  });

  it('says what to give where it cannot ask', async () => {
    const { code, stderr } = await project.run('init');
    expect(code).toBe(2);
    expect(stderr).toContain('give --yes to take what is found');
  });
});
