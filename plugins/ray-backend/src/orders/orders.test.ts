import type { AddressInfo } from 'node:net';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { sleep } from '@ml-platform/kube';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { RAYJOBS, readYaml, type RayJob } from '@ml-platform/rayjob';
import { PortalPlatform } from '@ml-platform/sdk';
import { kubernetesConfig } from '../__testUtils__/kubernetesConfig';
import { permissionsWithout } from '../__testUtils__/permissionsWithout';
import { testDatabase } from '../__testUtils__/testDatabase';
import rayPlugin from '..';

const FOLDER = 'https://github.com/o/r/tree/main/workloads';

const workload = (name: string, annotations = {}) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    namespace: 'default',
    annotations: {
      'backstage.io/source-location': `url:${FOLDER}/${name}/`,
      ...annotations,
    },
  },
  spec: { type: 'training-workload', owner: 'group:default/team' },
});

const SCHEMA = {
  type: 'object',
  required: ['data'],
  properties: {
    epochs: { type: 'integer', minimum: 1, default: 10 },
    data: { type: 'string' },
  },
};

const ORDER = {
  cluster: 'c',
  namespace: 'training',
  workload: 'tuned',
  version: '1.2.3',
};

describe('orders', () => {
  const registry = actionsRegistryServiceMock();
  let api: FakeKubeApi;
  let backend: TestBackend;
  let base: string;
  let denied: readonly string[] = [];
  let groups: readonly string[] = [];
  let files: Record<string, string>;
  const etags: (string | undefined)[] = [];

  beforeAll(async () => {
    api = await FakeKubeApi.start();
    const reader = mockServices.urlReader.mock({
      readUrl: async (url, options) => {
        etags.push(options?.etag);
        const text = files[url];
        if (text === undefined) {
          throw new NotFoundError('no');
        }
        if (options?.etag === text) {
          throw new NotModifiedError();
        }
        return { buffer: async () => Buffer.from(text), etag: text };
      },
    });
    backend = await startTestBackend({
      features: [
        rayPlugin,
        testDatabase,
        reader.factory,
        createServiceFactory({
          service: actionsRegistryServiceRef,
          deps: {},
          factory: () => registry,
        }),
        mockServices.userInfo.mock({
          getUserInfo: async () => ({
            userEntityRef: 'user:default/ada',
            ownershipEntityRefs: ['user:default/ada', ...groups],
          }),
        }).factory,
        catalogServiceMock.factory({
          entities: [
            workload('tuned'),
            workload('stored', {
              'ml-platform.dev/storage': 'training/stored',
              'ml-platform.dev/bucket': 'gs://my-project-ws-stored-1',
            }),
            workload('plain', {
              'ml-platform.dev/workload': 'renamed',
              'ml-platform.dev/entrypoint': 'python main.py',
            }),
            { ...workload('page'), spec: { type: 'website' } },
          ],
        }),
        permissionsWithout(() => denied),
        mockServices.rootConfig.factory({
          data: {
            kubernetes: kubernetesConfig([{ name: 'c', url: api.url }]),
            integrations: { github: [{ host: 'github.com', token: 'x' }] },
            ray: {
              clusters: [
                { name: 'c', title: 'C', namespaces: ['training', 'other'] },
              ],
              builder: { registry: 'registry.example.com/team' },
              policy: {
                namespaces: ['training'],
                registries: ['registry.example.com'],
                serviceAccounts: ['stored', 'trainer'],
                limits: { cpu: 4 },
                groups: { 'group:default/research': { cpu: 64 } },
                quotas: { training: { cpu: 30 } },
              },
              jobs: {
                sizes: [{ name: 'big', workers: 2, cpu: '8', memory: '32Gi' }],
                accelerators: [
                  {
                    name: 'l4',
                    resource: 'nvidia.com/gpu',
                    nodeSelector: { kind: 'l4' },
                    pricePerHour: 0.5,
                  },
                ],
                prices: { currency: 'EUR', cpu: 0.03, memory: 0.004 },
              },
            },
          },
        }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    base = `http://127.0.0.1:${port}/api/ray`;
  }, 30_000);

  beforeEach(() => {
    denied = [];
    groups = [];
    files = {
      'https://github.com/o/r/tree/main/workloads/tuned/parameters.schema.json':
        JSON.stringify(SCHEMA),
    };
    api.requests.length = 0;
  });

  afterAll(async () => {
    await backend.stop();
    await api.close();
  });

  const call = async (path: string, body?: object) => {
    const answer = await fetch(`${base}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: mockCredentials.user.header('user:default/ada'),
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const json = await answer.json();
    return { status: answer.status, json, message: json.error?.message };
  };
  const parametersOf = (name: string) =>
    call(`/workloads/parameters?workload=${encodeURIComponent(name)}`);
  const preview = (more: object = {}) =>
    call('/jobs/preview', { ...ORDER, parameters: { data: 'd' }, ...more });

  it('tell the parameters of a workload, by its name and by its entity', async () => {
    for (const name of ['tuned', 'component:default/tuned']) {
      const { json } = await parametersOf(name);
      expect(json).toEqual({
        entityRef: 'component:default/tuned',
        workload: 'tuned',
        entrypoint: 'python train.py',
        sourceUrl: `${FOLDER}/tuned/`,
        parameters: SCHEMA,
      });
    }
    expect((await parametersOf('renamed')).json).toEqual({
      entityRef: 'component:default/plain',
      workload: 'renamed',
      entrypoint: 'python main.py',
      sourceUrl: `${FOLDER}/plain/`,
    });
  });

  it('read parameters again only when their file has changed', async () => {
    await parametersOf('tuned');
    await parametersOf('tuned');
    expect(etags.at(-1)).toBe(JSON.stringify(SCHEMA));
    const [file] = Object.keys(files);
    files[file] = JSON.stringify({ type: 'object', properties: {} });
    const { json } = await parametersOf('tuned');
    expect(json.parameters.properties).toEqual({});
    delete files[file];
    expect((await parametersOf('tuned')).json.parameters).toBeUndefined();
  });

  it('say what is wrong with a workload', async () => {
    const [file] = Object.keys(files);
    files[file] = '{"type":"object"}';
    expect(await parametersOf('tuned')).toMatchObject({
      status: 400,
      message: expect.stringContaining('parameters.schema.json: The file must'),
    });
    expect(await parametersOf('gone')).toMatchObject({ status: 404 });
    expect(await parametersOf('component:default/page')).toMatchObject({
      status: 400,
      message: expect.stringContaining("isn't a training workload"),
    });
  });

  it('show what a caller can choose from', async () => {
    const { json } = await call('/job-options');
    expect(json).toEqual({
      clusters: [
        {
          name: 'c',
          title: 'C',
          namespaces: ['training'],
          anyNamespace: false,
          accelerators: [
            {
              name: 'l4',
              title: 'l4',
              resource: 'nvidia.com/gpu',
              nodeSelector: { kind: 'l4' },
              pricePerHour: 0.5,
            },
          ],
        },
      ],
      sizes: [
        { name: 'big', title: 'big', workers: 2, cpu: '8', memory: '32Gi' },
      ],
      currency: 'EUR',
    });
    denied = ['ray.job.create'];
    expect(await call('/job-options')).toMatchObject({ status: 403 });
  });

  it('render a job, with what it costs, and create nothing', async () => {
    groups = ['group:default/research'];
    const { status, json } = await preview({
      size: 'big',
      gpuType: 'l4',
      parameters: { data: "it's", epochs: 3 },
      environment: [{ name: 'A', value: '1' }],
    });
    expect(status).toBe(200);
    expect(readYaml(json.manifest)).toMatchObject({
      metadata: {
        name: json.name,
        annotations: { 'ml-platform.dev/requester': 'user:default/ada' },
      },
      spec: {
        entrypoint: expect.stringContaining('--epochs=3'),
        rayClusterSpec: {
          workerGroupSpecs: [
            {
              replicas: 2,
              template: {
                spec: {
                  nodeSelector: { kind: 'l4' },
                  containers: [
                    {
                      image: 'registry.example.com/team/tuned:1.2.3',
                      env: [{ name: 'A', value: '1' }],
                    },
                  ],
                },
              },
            },
          ],
        },
      },
    });
    expect(json.cost).toEqual({
      text: 'about 1.77 EUR per hour, at most 42.58 EUR until its deadline',
      currency: 'EUR',
      perHour: expect.closeTo(1.774),
      mostPerHour: expect.closeTo(1.774),
      most: expect.closeTo(24 * 1.774),
    });
    expect(api.requests.filter(line => line.startsWith('POST'))).toEqual([]);
  });

  it("render a job with its workload's account and bucket", async () => {
    groups = ['group:default/research'];
    const { status, json } = await preview({ workload: 'stored' });
    expect([status, json.error?.message]).toEqual([200, undefined]);
    const head = readYaml(json.manifest) as RayJob;
    expect(
      head.spec?.rayClusterSpec?.headGroupSpec?.template?.spec,
    ).toMatchObject({
      serviceAccountName: 'stored',
      containers: [
        {
          env: [
            {
              name: 'ML_PLATFORM_BUCKET',
              value: 'gs://my-project-ws-stored-1',
            },
          ],
        },
      ],
    });
  });

  it('render a job with groups of workers and an account of its own', async () => {
    groups = ['group:default/research'];
    const gpu = {
      ...{ name: 'gpu', workers: 0, maxWorkers: 2, cpu: '4', memory: '8Gi' },
      placement: { tolerations: [{ key: 'gpu', operator: 'Exists' }] },
    };
    const { json } = await preview({
      workload: 'stored',
      serviceAccount: 'trainer',
      placement: { nodeSelector: { disk: 'fast' } },
      groups: [gpu],
    });
    const { spec } = readYaml(json.manifest) as RayJob;
    const template = (more: object) => ({
      spec: { ...more, serviceAccountName: 'trainer' },
    });
    expect(spec?.rayClusterSpec?.workerGroupSpecs).toMatchObject([
      {
        groupName: 'workers',
        template: template({ nodeSelector: { disk: 'fast' } }),
      },
      {
        ...{ groupName: 'gpu', minReplicas: 0, maxReplicas: 2 },
        template: template(gpu.placement),
      },
    ]);
  });

  const TOO_MUCH =
    'The job asks for 17 CPU, and 4 CPU is the most that one may have';

  it('refuse a job in the words of the policy, by whichever way it is asked for', async () => {
    const { json } = await preview({ image: 'registry.example.com/x:1' });
    const { spec } = readYaml(json.manifest) as {
      spec: {
        rayClusterSpec: {
          workerGroupSpecs: [
            { groupName: string; replicas: number; maxReplicas: number },
          ];
        };
      };
    };
    spec.rayClusterSpec.workerGroupSpecs[0].replicas = 16;
    spec.rayClusterSpec.workerGroupSpecs[0].maxReplicas = 16;
    const job = { metadata: { name: 'x', namespace: 'training' }, spec };
    const answers = [
      await preview({ size: 'big' }),
      await call('/jobs', { cluster: 'c', job }),
      await call('/proposals', { cluster: 'c', job }),
    ];
    // As `ml-platform submit --portal` goes.
    const portal = new PortalPlatform({
      url: base.replace(/\/api\/ray$/, ''),
      credentials: {
        token: async () => mockCredentials.user.token('user:default/ada'),
      },
    });
    await expect(portal.workloadParameters('tuned')).resolves.toEqual(SCHEMA);
    await expect(portal.jobPresets('c')).resolves.toMatchObject({
      sizes: [{ name: 'big' }],
      accelerators: [{ name: 'l4', nodeSelector: { kind: 'l4' } }],
    });
    const ways = await Promise.allSettled([
      portal.submit({ job }),
      registry.invoke({
        id: 'test:preview-training-job',
        input: { ...ORDER, parameters: { data: 'd' }, size: 'big' },
        credentials: mockCredentials.user('user:default/ada'),
      }),
      registry.invoke({
        id: 'test:submit-training-job',
        input: { cluster: 'c', namespace: 'training', name: 'x', spec },
        credentials: mockCredentials.user('user:default/ada'),
      }),
    ]);
    const messages = [
      ...answers.map(({ message }) => message),
      ...ways.map(result =>
        result.status === 'rejected' ? result.reason.message : 'allowed',
      ),
    ];
    portal.close();
    expect(messages).toEqual(Array(6).fill(TOO_MUCH));
  });

  it('refuse a job for which the jobs of its namespace leave no room', async () => {
    groups = ['group:default/research'];
    const head = (cpu: string) => ({
      rayClusterSpec: {
        headGroupSpec: {
          template: {
            spec: {
              containers: [
                {
                  name: 'head',
                  image: 'registry.example.com/x:1',
                  resources: { limits: { cpu } },
                },
              ],
            },
          },
        },
      },
    });
    const holder = (status?: object) => ({
      metadata: { name: 'holder', namespace: 'training', uid: 'holder' },
      spec: head('20'),
      status,
    });
    api.put(RAYJOBS, holder());
    const job = {
      metadata: { name: 'x', namespace: 'training' },
      spec: { entrypoint: 'python x.py', ...head('17') },
    };
    const answers = () =>
      Promise.all([
        preview({ size: 'big' }),
        call('/jobs', { cluster: 'c', job }),
        call('/proposals', { cluster: 'c', job }),
      ]);
    const listed = async (state: string) => {
      while ((await call('/jobs')).json.items[0]?.state !== state) {
        await sleep(50);
      }
    };
    await listed('pending');
    const noRoom =
      "In training on c, 1 job that hasn't ended (1 pending) asks for 20 CPU, this one asks for 17 CPU, and 30 CPU is the most in all; wait until one has ended, or stop one";
    expect((await answers()).map(({ message }) => message)).toEqual(
      Array(3).fill(noRoom),
    );
    expect(api.requests.filter(line => line.startsWith('POST'))).toEqual([]);
    api.put(
      RAYJOBS,
      holder({ jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' }),
    );
    await listed('succeeded');
    expect((await preview({ size: 'big' })).status).toBe(200);
    api.collection(RAYJOBS).delete('training/holder');
  });

  it.each([
    [
      { parameters: {} },
      "Can't use the parameters: data is missing; it takes a text",
    ],
    [
      { parameters: { data: 'd', epochs: 0 } },
      'epochs takes a whole number of at least 1',
    ],
    [{ parameters: { dat: 'd' } }, 'did you mean data?'],
    [{ size: 'huge' }, 'There is no size huge; use big'],
    [
      { serviceAccount: 'admin' },
      'The head runs as the service account admin; use default, stored, trainer',
    ],
    [{ serviceAccount: 'A' }, "serviceAccount: 'A' can't name"],
    [
      { placement: { nodeSelector: { 'disk type': 'fast' } } },
      "placement: 'disk type' can't be the key of a label",
    ],
    [
      { placement: { tolerations: [{ key: 'a', tolerationSeconds: 1 }] } },
      'tolerationSeconds',
    ],
    [
      { groups: [{ name: 'g', workers: 1, cpu: '1', memory: 'x' }] },
      'groups.g.memory: ',
    ],
    [{ cluster: 'moon' }, 'moon'],
    [{ namespace: 'other' }, 'The namespace other takes no jobs'],
    [{ namespace: 'elsewhere' }, "doesn't watch the namespace elsewhere"],
    [{ image: 'docker.io/x:1' }, 'from elsewhere than registry.example.com'],
    [
      {
        environment: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
      "'A' is set twice",
    ],
    [{ workload: 'gone' }, 'has no workload gone'],
    [{ other: 1 }, 'other'],
  ])('refuse %j', async (more, message) => {
    const answer = await preview(more);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.message).toContain(message);
  });

  it('need the permission to create jobs', async () => {
    denied = ['ray.job.create'];
    expect(await preview()).toMatchObject({
      status: 403,
      message: expect.stringContaining('ray.job.create'),
    });
  });

  it('are open to agents', async () => {
    const credentials = mockCredentials.user('user:default/ada');
    const invoke = (id: string, input: object) =>
      registry.invoke({ id: `test:${id}`, input: { ...input }, credentials });
    const { output } = await invoke('get-training-workload', {
      workload: 'tuned',
    });
    expect(output).toMatchObject({ parameters: SCHEMA });
    expect((await invoke('get-training-job-options', {})).output).toMatchObject(
      { sizes: [{ name: 'big' }] },
    );
    const seen = await invoke('preview-training-job', {
      ...ORDER,
      parameters: { data: 'd' },
    });
    expect(seen.output).toMatchObject({
      manifest: expect.stringContaining('kind: RayJob'),
    });
  });
});
