import { createMockDirectory } from '@backstage/backend-test-utils';
import { parse } from 'yaml';
import { readTemplate, ScaffolderRig } from './__testUtils__/ScaffolderRig';

const VALUES = {
  workload: 'component:default/hello-ray',
  version: '1.0.0',
  workers: 1,
  cpu: '1',
  memory: '2Gi',
  gpu: 0,
  environment: [{ name: 'SEED', value: '7' }],
  ttl: 300,
  cluster: 'workload-cluster',
  namespace: 'training',
};

describe('the templates, run by the scaffolder', () => {
  jest.setTimeout(60_000);
  const disk = createMockDirectory();
  let rig: ScaffolderRig;

  beforeAll(async () => {
    disk.setContent({ workload: { Dockerfile: 'FROM ray\n' }, work: {} });
    rig = await ScaffolderRig.start(disk.path);
  });

  afterAll(() => rig?.stop());

  it('asks for a training job by one pull request, also when run again', async () => {
    const { body: task } = await rig.create('create-training-job', VALUES);
    const { output } = await rig.finish(task.id);
    const [pull] = rig.github.repository.pulls;
    const [path, manifest] =
      [...(rig.github.repository.files(pull.head) ?? [])].find(([name]) =>
        name.startsWith('gitops/'),
      ) ?? [];
    const job = parse(manifest ?? '');
    expect(path).toBe(
      `gitops/clusters/workload-cluster/jobs/training/${job.metadata.name}.yaml`,
    );
    expect(pull.head).toBe(
      `ray-job/run/workload-cluster/training/${job.metadata.name}`,
    );
    expect(job.spec.entrypoint).toBe('python train.py');
    expect(job.metadata.annotations).toMatchObject({
      'ml-platform.dev/requester': 'user:default/mock',
      'ml-platform.dev/source-commit':
        rig.github.repository.refs.get('heads/main'),
    });
    expect(output.links).toEqual([
      {
        title: 'Pull request',
        icon: 'github',
        url: `${rig.github.url}/ml-platform/ml-platform/pull/1`,
      },
      {
        title: 'Training job',
        icon: 'dashboard',
        url: `http://localhost:7007/ray/jobs/workload-cluster/training/${job.metadata.name}`,
      },
      {
        title: 'Workload',
        icon: 'catalog',
        entityRef: 'component:default/hello-ray',
      },
    ]);

    await rig.call(`tasks/${task.id}/retry`, {});
    await expect(rig.finish(task.id)).resolves.toMatchObject({
      output: { links: output.links },
    });
    expect(rig.github.repository.pulls).toHaveLength(1);
    expect(rig.builds.builds.size).toBe(1);
  });

  it('gives two forms that are sent at once two names, and each its pull request', async () => {
    const before = rig.github.repository.pulls.length;
    const tasks = await Promise.all(
      [1, 2].map(() => rig.create('create-training-job', VALUES)),
    );
    const ends = await Promise.all(
      tasks.map(({ body }) => rig.finish(body.id)),
    );
    expect(rig.github.repository.pulls).toHaveLength(before + 2);
    const pages = ends.map(({ output }) => output.links[1].url);
    expect(new Set(pages).size).toBe(2);
    for (const { output } of ends) {
      const [pullLink, page] = output.links;
      const number = Number(pullLink.url.split('/').at(-1));
      const { head } = rig.github.repository.pulls[number - 1];
      expect(head.split('/').at(-1)).toBe(page.url.split('/').at(-1));
    }
  });

  it('takes a run back that is cancelled while its pull request is opened', async () => {
    const repository = rig.github.repository;
    const before = repository.refs.size;
    const { body: task } = await rig.create('create-training-job', VALUES);
    let cancelled: Promise<unknown> | undefined;
    rig.github.onRequest = async line => {
      if (line.startsWith('POST') && line.endsWith('/pulls')) {
        cancelled ??= rig.call(`tasks/${task.id}/cancel`, {});
        await cancelled;
      }
    };
    // The scaffolder has no state of its own for a task that was cancelled.
    await expect(rig.finish(task.id)).resolves.toMatchObject({
      error: { message: 'The task was cancelled' },
    });
    rig.github.onRequest = () => {};
    expect(repository.pulls.at(-1)?.state).toBe('closed');
    expect(repository.refs.size).toBe(before);
  });

  it.each([
    ['workload', undefined],
    ['version', 'a b'],
    ['version', '-1'],
    ['version', 'x'.repeat(64)],
    ['entrypoint', '  '],
    ['workers', -1],
    ['workers', 101],
    ['workers', 1.5],
    ['cpu', '0'],
    ['cpu', '0.0'],
    ['cpu', '-1'],
    ['cpu', '2 cores'],
    ['memory', '4'],
    ['memory', '0Gi'],
    ['memory', '4GB'],
    ['gpu', -1],
    ['gpu', 17],
    ['environment', [{ name: '1ST', value: 'x' }]],
    ['environment', [{ name: 'A' }]],
    ['ttl', 7],
    ['cluster', 'moon'],
    ['namespace', 'Training'],
  ])('refuses %s of %j before it starts', async (field, value) => {
    const answer = await rig.create('create-training-job', {
      ...VALUES,
      [field]: value,
    });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body.errors)).toContain(field);
  });

  it.each([
    ['cpu', ['1', '16', '0.5', '1.25', '500m']],
    ['memory', ['512Mi', '1.5Gi', '4G']],
    ['version', ['1', '1.0.0', '2026.01-rc_1']],
  ])('takes the usual ways to write %s', async (field, values) => {
    for (const value of values) {
      const { status } = await rig.call('dry-run', {
        template: {
          ...(await readTemplate('create-training-job', rig.github.url)),
        },
        values: { ...VALUES, [field]: value },
        directoryContents: [],
      });
      expect([value, status]).toEqual([value, 200]);
    }
  });

  it('proposes a workload whose files hold what was typed', async () => {
    const { body: task } = await rig.create('create-workload', {
      name: 'galaxy-classifier',
      title: 'Galaxies: "all" # of them',
      description: "Tells 'spirals': from ellipticals",
      owner: 'group:default/ml-engineers',
    });
    await rig.finish(task.id);
    const files = rig.github.repository.files(`ray-workload/${task.id}`);
    const file = (name: string) =>
      files?.get(`workloads/galaxy-classifier/${name}`) ?? '';
    expect(parse(file('catalog-info.yaml'))).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'galaxy-classifier',
        title: 'Galaxies: "all" # of them',
        description: "Tells 'spirals': from ellipticals",
        annotations: { 'ml-platform.dev/workload': 'galaxy-classifier' },
      },
      spec: { type: 'training-workload', owner: 'group:default/ml-engineers' },
    });
    for (const name of [
      '.dockerignore',
      'Dockerfile',
      'README.md',
      'requirements.txt',
      'train.py',
    ]) {
      expect(file(name)).not.toBe('');
      expect(file(name)).not.toContain('${{');
    }
  });

  it.each([
    ['name', 'Galaxy'],
    ['name', 'a/b'],
    ['name', 'a'.repeat(41)],
    ['title', ''],
    ['description', undefined],
  ])('refuses a workload with %s of %j', async (field, value) => {
    const answer = await rig.create('create-workload', {
      name: 'a',
      title: 'A',
      description: 'A.',
      owner: 'group:default/ml-engineers',
      [field]: value,
    });
    expect(answer.status).toBe(400);
  });
});
