import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { parse } from 'yaml';
import { readTemplate, ScaffolderRig } from './__testUtils__/ScaffolderRig';

const COMMIT = 'ml-platform.dev/source-commit';

const VALUES = {
  workload: 'component:default/hello-ray',
  version: '1.0.0',
  size: 'custom',
  workers: 1,
  cpu: '1',
  memory: '2Gi',
  environment: [{ name: 'SEED', value: '7' }],
  ttl: 300,
  deadline: 86_400,
  cluster: 'workload-cluster',
  namespace: 'training',
};

/** `npm test` names one that is new enough for the workloads. */
const PYTHON = process.env.ML_PLATFORM_PYTHON ?? 'python3';

describe('the templates, run by the scaffolder', () => {
  jest.setTimeout(60_000);
  const disk = createMockDirectory();
  let rig: ScaffolderRig;

  beforeAll(async () => {
    const properties = {
      steps: { type: 'integer', minimum: 1 },
      note: { type: 'string' },
    };
    disk.setContent({
      workload: {
        Dockerfile: 'FROM ray\n',
        'parameters.schema.json': JSON.stringify({
          type: 'object',
          properties,
        }),
      },
      work: {},
    });
    rig = await ScaffolderRig.start(disk.path);
  });

  afterAll(() => rig?.stop());

  /** The job of the newest pull request. */
  function lastJob() {
    const pull = rig.github.repository.pulls.at(-1);
    const files = [...(rig.github.repository.files(pull?.head ?? '') ?? [])];
    const name = pull?.head.split('/').at(-1);
    const [, manifest = ''] =
      files.find(([path]) => path.endsWith(`/${name}.yaml`)) ?? [];
    return parse(manifest);
  }

  it('asks for a training job by one pull request, also when run again', async () => {
    const { body: task } = await rig.create('create-training-job', VALUES);
    const { output } = await rig.finish(task.id);
    const [pull] = rig.github.repository.pulls;
    const [path, manifest] =
      [...(rig.github.repository.files(pull.head) ?? [])].find(([name]) =>
        name.startsWith('gitops/'),
      ) ?? [];
    const job = parse(manifest ?? '');
    expect(job.spec.activeDeadlineSeconds).toBe(86_400);
    expect(path).toBe(
      `gitops/clusters/workload-cluster/jobs/training/${job.metadata.name}.yaml`,
    );
    expect(pull.head).toBe(
      `ray-job/run/workload-cluster/training/${job.metadata.name}`,
    );
    expect(job.spec.entrypoint).toBe('python train.py');
    expect(job.metadata.annotations).toMatchObject({
      'ml-platform.dev/requester': 'user:default/mock',
      [COMMIT]: rig.github.repository.refs.get('heads/main'),
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

  it('names the commit that a version was built from, where the version says so', async () => {
    const { repository } = rig.github;
    const built = repository.refs.get('heads/main');
    repository.commit('main', repository.files('main') ?? new Map());
    rig.registry.put('hello-ray', '0.9.0');
    const tell = async (version: string) => {
      rig.read.length = 0;
      const values = { ...VALUES, version, image: 'existing' };
      const { body: task } = await rig.create('create-training-job', values);
      const { output } = await rig.finish(task.id);
      const [, source] =
        /\| Source \| (.*) \|/.exec(output.text[0].content) ?? [];
      return {
        source,
        commit: lastJob().metadata.annotations[COMMIT],
        pull: repository.pulls.at(-1)?.body,
        read: rig.read,
      };
    };
    const folder = (commit = '') =>
      `${rig.github.url}/ml-platform/ml-platform/tree/${commit}/workloads/hello-ray`;

    const known = await tell('1.0.0');
    expect(known).toMatchObject({
      commit: built,
      source: `[${built}](${folder(built)})`,
      pull: expect.stringContaining(`${built}`),
      read: [`${folder(built)}/parameters.schema.json`],
    });
    const unknown = await tell('0.9.0');
    expect(unknown).toMatchObject({
      source: "The image doesn't say",
      pull: expect.not.stringContaining('Source commit'),
      read: [
        `${folder(repository.refs.get('heads/main'))}/parameters.schema.json`,
      ],
    });
    expect(unknown.commit).toBeUndefined();
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
    ['size', undefined],
    ['parameters', { a: {} }],
    ['parameters', { a: null }],
    ['environment', [{ name: '1ST', value: 'x' }]],
    ['environment', [{ name: 'A' }]],
    ['ttl', 7],
    ['cluster', undefined],
    ['namespace', undefined],
    ['deadline', 60],
    ['namespace', 'Training'],
  ])('refuses %s of %j before it starts', async (field, value) => {
    const answer = await rig.create('create-training-job', {
      ...VALUES,
      [field]: value,
    });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body.errors)).toContain(field);
  });

  it.each([-1, 0, 17, 1.5])('refuses %j GPUs before it starts', async gpu => {
    const values = { ...VALUES, gpuType: 'gpu', gpu };
    const answer = await rig.create('create-training-job', values);
    expect(answer.status).toBe(400);
  });

  it('takes a size and a kind of GPU by their names, and not amounts left over', async () => {
    const { body: task } = await rig.create('create-training-job', {
      ...VALUES,
      size: 'medium',
      workers: 7,
      gpuType: 'gpu',
      gpu: 2,
    });
    await rig.finish(task.id);
    const job = lastJob();
    const [group] = job.spec.rayClusterSpec.workerGroupSpecs;
    expect(group.replicas).toBe(2);
    expect(group.template.spec.containers[0].resources.limits).toEqual({
      cpu: '4',
      memory: '16Gi',
      'nvidia.com/gpu': '2',
    });
  });

  it('hands parameters to the program', async () => {
    const { body: task } = await rig.create('create-training-job', {
      ...VALUES,
      parameters: { steps: '3', note: "it's; $(id)" },
    });
    await rig.finish(task.id);
    expect(lastJob().spec.entrypoint).toBe(
      "bash -c 'bash <(printf \"python train.py --steps=3 --note='\\''it'\\''\\134'\\'''\\''s; \\044(id)'\\''\")'",
    );
  });

  it('fails with what is wrong with a parameter, and asks for nothing', async () => {
    const before = rig.github.repository.pulls.length;
    const { body: task } = await rig.create('create-training-job', {
      ...VALUES,
      parameters: { steps: '0' },
    });
    await expect(rig.finish(task.id)).resolves.toMatchObject({
      error: {
        message:
          "Can't use the parameters: steps takes a whole number of at least 1, not '0'",
      },
    });
    expect(rig.github.repository.pulls).toHaveLength(before);
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
        annotations: {
          'ml-platform.dev/workload': 'galaxy-classifier',
          'backstage.io/techdocs-ref': 'dir:.',
        },
      },
      spec: { type: 'training-workload', owner: 'group:default/ml-engineers' },
    });
    expect(file('catalog-info.yaml')).not.toContain('ml-platform.dev/storage');
    expect([...(files?.keys() ?? [])]).not.toContainEqual(
      expect.stringContaining('gitops/clusters/management-cluster'),
    );
    for (const name of [
      '.dockerignore',
      'Dockerfile',
      'README.md',
      'docs/index.md',
      'mkdocs.yml',
      'parameters.schema.json',
      'pyproject.toml',
      'requirements.txt',
      'tests/test_train.py',
      'train.py',
    ]) {
      expect(file(name)).not.toBe('');
      expect(file(name)).not.toContain('${{');
    }
    expect(parse(file('mkdocs.yml')).site_name).toBe(
      'Galaxies: "all" # of them',
    );
  });

  it('proposes a workload whose own tests pass', async () => {
    const { body: task } = await rig.create('create-workload', {
      name: 'comet_hunter',
      title: 'Comets',
      description: 'Hunts comets.',
      owner: 'group:default/ml-engineers',
    });
    await rig.finish(task.id);
    const files = rig.github.repository.files(`ray-workload/${task.id}`);
    const folder = 'workloads/comet_hunter';
    const own = [...(files ?? [])].filter(([path]) => path.startsWith(folder));
    disk.addContent(Object.fromEntries(own));
    const runTests = () =>
      promisify(execFile)(
        PYTHON,
        ['-m', 'unittest', 'discover', '-s', 'tests'],
        {
          cwd: disk.resolve(folder),
        },
      );
    await expect(runTests()).resolves.toMatchObject({
      stderr: expect.stringMatching(/Ran [1-9]\d* tests[^]*OK/),
    });

    const parameters = `${folder}/parameters.schema.json`;
    const schema = JSON.parse(files?.get(parameters) ?? '');
    schema.properties.steps.default += 1;
    disk.addContent({ [parameters]: JSON.stringify(schema) });
    await expect(runTests()).rejects.toThrow(
      'test_has_the_defaults_that_the_form_shows',
    );
  });

  it('adds the bucket and the account that were asked for', async () => {
    const { body: task } = await rig.create('create-workload', {
      name: 'star_finder',
      title: 'Stars',
      description: 'Finds stars.',
      owner: 'group:default/ml-engineers',
      storage: {
        create: true,
        namespace: 'training',
        storageClass: 'NEARLINE',
        versioning: false,
        deleteAfterDays: 90,
      },
    });
    const { output } = await rig.finish(task.id);
    expect(output.text[0].content).toContain('If you asked for a bucket');
    const files = rig.github.repository.files(`ray-workload/${task.id}`);
    const read = (path: string) => parse(files?.get(path) ?? '');
    const { annotations } = read(
      'workloads/star_finder/catalog-info.yaml',
    ).metadata;
    const bucket = annotations['ml-platform.dev/bucket'];
    expect(annotations['ml-platform.dev/storage']).toBe('training/star-finder');
    expect(bucket).toMatch(/^gs:\/\/my-project-ws-star-finder-[0-9a-f]{8}$/);
    const clusters = 'gitops/clusters';
    expect(
      read(
        `${clusters}/management-cluster/workloads/training/star-finder.yaml`,
      ),
    ).toMatchObject({
      kind: 'WorkloadStorage',
      metadata: { namespace: 'training', name: 'star-finder' },
      spec: {
        workload: 'star_finder',
        owner: 'group:default/ml-engineers',
        storageClass: 'NEARLINE',
        versioning: false,
        deleteAfterDays: 90,
      },
    });
    expect(
      read(`${clusters}/workload-cluster/accounts/training/star-finder.yaml`),
    ).toMatchObject({
      kind: 'ServiceAccount',
      metadata: {
        namespace: 'training',
        name: 'star-finder',
        annotations: {
          'iam.gke.io/gcp-service-account': expect.stringMatching(
            /^ws-star-finder-[0-9a-f]{8}@my-project\.iam\.gserviceaccount\.com$/,
          ),
        },
      },
    });
  });

  it.each([
    [{ create: true }, 'namespace'],
    [
      {
        create: true,
        namespace: 'A',
        storageClass: 'STANDARD',
        versioning: true,
      },
      'namespace',
    ],
    [
      { create: true, namespace: 'a', storageClass: 'HOT', versioning: true },
      '',
    ],
    [
      {
        create: true,
        namespace: 'a',
        storageClass: 'STANDARD',
        versioning: true,
        deleteAfterDays: 0,
      },
      'deleteAfterDays',
    ],
  ])('refuses a storage of %j before it starts', async (storage, field) => {
    const answer = await rig.create('create-workload', {
      name: 'a',
      title: 'A',
      description: 'A.',
      owner: 'group:default/ml-engineers',
      storage,
    });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body.errors)).toContain(field);
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
