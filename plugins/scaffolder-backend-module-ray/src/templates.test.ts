import { cp, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { parse } from 'yaml';
import { FakeBuildService } from './__testUtils__/FakeBuildService';
import { FakeGitHub } from './__testUtils__/FakeGitHub';
import rayScaffolderModule from '.';

const TEMPLATES = resolve(__dirname, '../../../templates');

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

async function readTemplate(name: string, origin: string): Promise<Entity> {
  const path = `${name}/template.yaml`;
  const entity = parse(await readFile(resolve(TEMPLATES, path), 'utf8'));
  const location = `url:${origin}/ml-platform/ml-platform/blob/main/templates/${path}`;
  entity.metadata.annotations = {
    'backstage.io/managed-by-location': location,
    'backstage.io/source-location': location,
  };
  return entity;
}

describe('the templates, run by the scaffolder', () => {
  jest.setTimeout(60_000);
  const disk = createMockDirectory();
  let github: FakeGitHub;
  let builds: FakeBuildService;
  let backend: TestBackend;

  // Stands for the git host's archives: `templates/` as it is here, and a
  // workload of one Dockerfile.
  const reader = mockServices.urlReader.mock({
    readTree: async url => ({
      etag: 'abc',
      files: async () => [],
      archive: jest.fn(),
      dir: async ({ targetDir = disk.path } = {}) => {
        const [, folder] = url.split('/templates/');
        const source = folder
          ? resolve(TEMPLATES, folder)
          : disk.resolve('workload');
        await cp(source, targetDir, { recursive: true });
        return targetDir;
      },
    }),
  });

  beforeAll(async () => {
    disk.setContent({ workload: { Dockerfile: 'FROM ray\n' }, work: {} });
    github = await FakeGitHub.start();
    builds = await FakeBuildService.start();
    const repository = `${github.url}/ml-platform/ml-platform`;
    const workload: Entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'hello-ray',
        namespace: 'default',
        annotations: {
          'backstage.io/source-location': `url:${repository}/tree/main/workloads/hello-ray/`,
        },
      },
      spec: { type: 'training-workload', owner: 'group:default/ml-engineers' },
    };
    backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        rayScaffolderModule,
        reader.factory,
        catalogServiceMock.factory({
          entities: [
            workload,
            await readTemplate('create-training-job', github.url),
            await readTemplate('create-workload', github.url),
          ],
        }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:7007' },
            backend: { workingDirectory: disk.resolve('work') },
            integrations: {
              github: [
                { host: new URL(github.url).host, apiBaseUrl: github.url },
              ],
            },
            ray: {
              clusters: [{ name: 'workload-cluster' }],
              gitops: { repoUrl: repository },
              builder: { url: builds.url, token: builds.token },
            },
          },
        }),
      ],
    });
  });

  afterAll(async () => {
    await backend?.stop();
    await github?.stop();
    await builds?.stop();
  });

  async function call(path: string, body?: object) {
    const response = await fetch(
      `http://localhost:${backend.server.port()}/api/scaffolder/v2/${path}`,
      {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: mockCredentials.user.header(),
          'content-type': 'application/json',
        },
        body: body && JSON.stringify(body),
      },
    );
    return { status: response.status, body: await response.json() };
  }

  const create = (template: string, values: object) =>
    call('tasks', { templateRef: `template:default/${template}`, values });

  /** Waits for the task's end; its output, or its error. */
  async function finish(id: string) {
    for (;;) {
      const { body } = await call(`tasks/${id}`);
      if (body.status !== 'open' && body.status !== 'processing') {
        const events = (await call(`tasks/${id}/events`)).body;
        return events.at(-1).body;
      }
      await new Promise(done => setTimeout(done, 200));
    }
  }

  it('asks for a training job by one pull request, also when run again', async () => {
    const { body: task } = await create('create-training-job', VALUES);
    const { output } = await finish(task.id);
    const [pull] = github.repository.pulls;
    expect(pull.head).toBe(`ray-job/${task.id}`);
    const [path, manifest] =
      [...(github.repository.files(pull.head) ?? [])].find(([name]) =>
        name.startsWith('gitops/'),
      ) ?? [];
    const job = parse(manifest ?? '');
    expect(path).toBe(
      `gitops/clusters/workload-cluster/jobs/training/${job.metadata.name}.yaml`,
    );
    expect(job.spec.entrypoint).toBe('python train.py');
    expect(job.metadata.annotations).toMatchObject({
      'ml-platform.dev/requester': 'user:default/mock',
      'ml-platform.dev/source-commit': github.repository.refs.get('heads/main'),
    });
    expect(output.links).toEqual([
      {
        title: 'Pull request',
        icon: 'github',
        url: `${github.url}/ml-platform/ml-platform/pull/1`,
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

    await call(`tasks/${task.id}/retry`, {});
    await expect(finish(task.id)).resolves.toMatchObject({
      output: { links: output.links },
    });
    expect(github.repository.pulls).toHaveLength(1);
    expect(builds.builds.size).toBe(1);
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
    const answer = await create('create-training-job', {
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
      const { status } = await call('dry-run', {
        template: {
          ...(await readTemplate('create-training-job', github.url)),
        },
        values: { ...VALUES, [field]: value },
        directoryContents: [],
      });
      expect([value, status]).toEqual([value, 200]);
    }
  });

  it('proposes a workload whose files hold what was typed', async () => {
    const { body: task } = await create('create-workload', {
      name: 'galaxy-classifier',
      title: 'Galaxies: "all" # of them',
      description: "Tells 'spirals': from ellipticals",
      owner: 'group:default/ml-engineers',
    });
    await finish(task.id);
    const files = github.repository.files(`ray-workload/${task.id}`);
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
    const answer = await create('create-workload', {
      name: 'a',
      title: 'A',
      description: 'A.',
      owner: 'group:default/ml-engineers',
      [field]: value,
    });
    expect(answer.status).toBe(400);
  });
});
