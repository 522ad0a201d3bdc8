import { jobManifest, type JobSpec } from '../render/jobSpec';
import { redactManifest } from '../objects/redactManifest';
import { withParameters } from '../render/parameters';
import { runDifferences } from './runDifferences';
import { runValues } from './runValues';
import { splitParameters } from './splitParameters';

const now = new Date('2026-11-29T09:00:00Z');
const render = (spec: Partial<JobSpec>) =>
  jobManifest(
    {
      name: 'hello-ray',
      image: 'registry.example.com/hello-ray:1.2.0',
      ...spec,
    },
    { namespace: 'training', now },
  );

describe('splitParameters', () => {
  it.each<[string, Record<string, string | number | boolean>]>([
    ['python train.py', {}],
    ['python train.py', { generations: 100, lr: 0.5, fast: true }],
    ['python train.py --seed=7', { name: "it's a $name", empty: '' }],
    ["python -c 'print(1)'", { zip: '007', a: 'x=y' }],
  ])('takes apart what withParameters joined: %s %j', (command, parameters) => {
    const joined = withParameters(command, parameters);
    const split = splitParameters(joined);
    expect(withParameters(split.entrypoint, split.parameters)).toBe(joined);
    expect(split.parameters).toMatchObject(parameters);
  });

  it.each(['a && b --x=1', 'python "train.py', '--x=1', 'python a.py --x="1"'])(
    'leaves alone what nothing was added to: %s',
    command => {
      expect(splitParameters(command)).toEqual({
        entrypoint: command,
        parameters: {},
      });
    },
  );
});

describe('runValues', () => {
  it('reads back what a run was asked with', () => {
    const job = render({
      entrypoint: 'python train.py',
      parameters: { generations: 100 },
      workers: 3,
      cpu: '4',
      memory: '16Gi',
      gpu: 2,
      env: { PRICE: '$(x) $$', MODE: 'fast' },
      ttlSeconds: 0,
      deadlineSeconds: 3_600,
    });
    expect(runValues(job)).toEqual({
      workload: 'hello-ray',
      version: '1.2.0',
      entrypoint: 'python train.py',
      parameters: { generations: 100 },
      workers: 3,
      cpu: '4',
      memory: '16Gi',
      gpu: 2,
      accelerator: 'nvidia.com/gpu',
      environment: [
        { name: 'PRICE', value: '$(x) $$' },
        { name: 'MODE', value: 'fast' },
      ],
      ttl: 0,
      deadline: 3_600,
      others: [],
    });
  });

  it('reads the head of a run without workers', () => {
    expect(runValues(render({ workers: 0, memory: '6Gi' }))).toMatchObject({
      workers: 0,
      memory: '6Gi',
      gpu: 0,
    });
  });

  it('names what the form has no field for, and variables that nobody may see', () => {
    const job = render({
      env: { TOKEN: 'x' },
      secretEnv: { KEY: 'secret/key' },
      bucket: 'gs://data',
      maxWorkers: 8,
      retries: 2,
      runtimeEnv: { pip: ['scipy'] },
      groups: [{ name: 'big', workers: 1, cpu: '8', memory: '64Gi' }],
    });
    expect(runValues(redactManifest(job))).toMatchObject({
      environment: [],
      others: [
        'the variables TOKEN, KEY',
        'more than one group of workers',
        'the bounds of its number of workers',
        'its runtime environment',
        'its retries',
      ],
    });
  });

  it('names the queue, which the form does not ask for', () => {
    expect(runValues(render({ queue: 'gpu' })).others).toEqual([
      'the queue gpu',
    ]);
  });

  it('reads a manifest that somebody else wrote', () => {
    expect(
      runValues({
        metadata: { name: 'own' },
        spec: {
          entrypoint: 'python a.py',
          rayClusterSpec: {
            headGroupSpec: {
              template: {
                spec: { containers: [{ name: 'c', image: 'r/x:2' }] },
              },
            },
          },
        },
      }),
    ).toEqual({
      workload: undefined,
      version: '2',
      entrypoint: 'python a.py',
      parameters: {},
      workers: 0,
      cpu: undefined,
      memory: undefined,
      accelerator: undefined,
      gpu: 0,
      environment: [],
      ttl: undefined,
      deadline: undefined,
      others: [],
    });
  });
});

describe('runDifferences', () => {
  it('tells what changed, what came and what went', () => {
    const before = runValues(
      render({ memory: '8Gi', env: { A: '1' }, parameters: { lr: 1 } }),
    );
    const after = runValues(
      render({ memory: '12Gi', parameters: { lr: 1, seed: 7 } }),
    );
    expect(runDifferences(before, before)).toEqual([]);
    expect(runDifferences(before, after)).toEqual([
      { name: 'Memory', before: '8Gi', after: '12Gi' },
      { name: 'Variable A', before: '1', after: undefined },
      { name: 'Parameter seed', before: undefined, after: '7' },
    ]);
  });
});
