import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { readYaml } from '@ml-platform/rayjob';
import { CliProject } from '../../__testUtils__/CliRun';

const CATALOG = `kind: Component
metadata: { name: tuned }
spec: { type: training-workload }
`;

const SCHEMA = {
  type: 'object',
  required: ['data'],
  properties: {
    epochs: {
      type: 'integer',
      minimum: 1,
      default: 10,
      description: 'Rounds over the data.',
    },
    data: { type: 'string', description: 'Where the data is.' },
  },
};

const SETTINGS = `jobs:
  sizes:
    - { name: big, workers: 2, maxWorkers: 6, cpu: 8, memory: 32Gi }
  accelerators:
    - name: l4
      resource: nvidia.com/gpu
      nodeSelector: { kind: l4 }
`;

interface Manifest {
  readonly spec: {
    readonly entrypoint: string;
    readonly runtimeEnvYAML?: string;
    readonly rayClusterSpec: {
      readonly workerGroupSpecs: readonly {
        readonly maxReplicas: number;
        readonly template: { readonly spec: object };
      }[];
    };
  };
}

describe('submit', () => {
  let api: FakeKubeApi;
  let project: CliProject;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    project = await CliProject.create({ w: api.url });
    await mkdir(join(project.folder, '.git'));
    await mkdir(join(project.folder, 'workloads/tuned'), { recursive: true });
    await project.write('workloads/tuned/catalog-info.yaml', CATALOG);
    await project.write(
      'workloads/tuned/parameters.schema.json',
      JSON.stringify(SCHEMA),
    );
    await project.write('.ml-platform.yaml', SETTINGS);
  });

  afterEach(async () => {
    await api.close();
    await project.remove();
  });

  const submit = (...args: string[]) =>
    project.run('submit', 'tuned:1', '--dry-run', ...args);
  const manifest = async (...args: string[]) => {
    const { code, stdout, stderr } = await submit(...args);
    expect([code, stderr]).toEqual([0, '']);
    return readYaml(stdout) as Manifest;
  };

  it('adds parameters to the command', async () => {
    const { spec } = await manifest(
      '--param',
      'data=gs://a',
      '--param',
      'epochs=3',
    );
    expect(spec.entrypoint).toBe('python train.py --data=gs://a --epochs=3');
  });

  it.each([
    [[], 'data is missing; it takes a text'],
    [
      ['--param', 'data=x', '--param', 'epochs=0'],
      "epochs takes a whole number of at least 1, not '0'",
    ],
    [
      ['--param', 'data=x', '--param', 'epoch=1'],
      'There is no parameter epoch; did you mean epochs? The workload takes epochs, data',
    ],
    [['--param', 'data=x', '--size', 'huge'], 'There is no size huge; use big'],
    [
      ['--param', 'data=x', '--mount', '/data=nowhere'],
      '--mount takes PATH=gs://BUCKET/FOLDER',
    ],
    [['--param', 'data=x', '--secret-env', 'A=b'], 'secretEnv: '],
    [
      ['--param', 'data=x', '--service-account', 'A'],
      "serviceAccount: 'A' can't name a service account",
    ],
  ])('refuses %j with what is wrong', async (args, message) => {
    const { code, stderr } = await submit(...args);
    expect(code).not.toBe(0);
    expect(stderr).toContain(message);
  });

  it('takes sizes and kinds of GPUs by their names, and references', async () => {
    await project.write('env.yaml', 'pip: [scipy]\n');
    const { spec } = await manifest(
      ...['--param', 'data=x', '--size', 'big', '--gpu-type', 'l4'],
      ...['--secret-env', 'TOKEN=credentials/token'],
      ...['--mount', '/data=gs://my-data/small:ro', '--mount', '/tmp/w=100Gi'],
      ...['--runtime-env', join(project.folder, 'env.yaml')],
    );
    const [group] = spec.rayClusterSpec.workerGroupSpecs;
    expect(group.maxReplicas).toBe(6);
    expect(group.template.spec).toMatchObject({
      nodeSelector: { kind: 'l4' },
      containers: [
        {
          env: [
            {
              name: 'TOKEN',
              valueFrom: {
                secretKeyRef: { name: 'credentials', key: 'token' },
              },
            },
          ],
          resources: { limits: { 'nvidia.com/gpu': '1' } },
          volumeMounts: [
            { mountPath: '/data', readOnly: true },
            { mountPath: '/tmp/w' },
          ],
        },
      ],
    });
    expect(readYaml(spec.runtimeEnvYAML ?? '')).toEqual({ pip: ['scipy'] });
  });

  it('runs the job as the account that is named', async () => {
    const { spec } = await manifest(
      ...['--param', 'data=x', '--service-account', 'trainer'],
    );
    const [group] = spec.rayClusterSpec.workerGroupSpecs;
    expect(group.template.spec).toMatchObject({
      serviceAccountName: 'trainer',
    });
  });

  it('lets every parameter through where nobody describes them', async () => {
    const { code, stdout } = await project.run(
      ...['submit', 'r.example.com/other:1', '--dry-run', '--param', 'x=1'],
    );
    expect(code).toBe(0);
    expect(stdout).toContain('python train.py --x=1');
  });

  it('lists what a workload takes', async () => {
    const { code, stdout } = await project.run('workloads', 'tuned');
    expect(code).toBe(0);
    expect(stdout.split('\n').map(line => line.trimEnd())).toEqual([
      'PARAMETER  TAKES                         DEFAULT   DESCRIPTION',
      'epochs     a whole number of at least 1  10        Rounds over the data.',
      'data       a text                        required  Where the data is.',
      '',
    ]);
    const { stdout: json } = await project.run(
      'workloads',
      'tuned',
      '-o',
      'json',
    );
    expect(JSON.parse(json)).toEqual(SCHEMA);
    expect((await project.run('workloads', 'none')).code).not.toBe(0);
  });
});
