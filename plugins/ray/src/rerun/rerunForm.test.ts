import type { JobOptions } from '@ml-platform/backstage-plugin-ray-common';
import type { JobPod, RunValues } from '@ml-platform/rayjob';
import { aDetail, aJob } from '../__testUtils__/jobs';
import { formQuery, rerunForm, runOfForm } from './rerunForm';
import { suggestedMemory } from './suggestedMemory';

const OPTIONS: JobOptions = {
  clusters: [
    {
      name: 'c',
      title: 'C',
      namespaces: ['training'],
      anyNamespace: false,
      accelerators: [
        { name: 'l4', title: 'NVIDIA L4', resource: 'nvidia.com/gpu' },
      ],
    },
  ],
  sizes: [
    { name: 'small', title: 'Small', workers: 1, cpu: '1', memory: '2Gi' },
  ],
};
const RUN = { cluster: 'c', namespace: 'training', name: 'j' };
const VALUES: RunValues = {
  workload: 'hello-ray',
  version: '1.2.0',
  entrypoint: 'python train.py',
  parameters: { generations: 100 },
  workers: 1,
  cpu: '1',
  memory: '2Gi',
  gpu: 1,
  accelerator: 'nvidia.com/gpu',
  environment: [{ name: 'MODE', value: 'fast' }],
  ttl: 600,
  deadline: 3_600,
  others: [],
};

describe('the form for another run', () => {
  it('holds what the run had', () => {
    expect(
      rerunForm(RUN, VALUES, OPTIONS, { entityRef: 'component:default/w' }),
    ).toEqual({
      workload: 'component:default/w',
      image: 'existing',
      version: '1.2.0',
      entrypoint: 'python train.py',
      parameters: { generations: 100 },
      cluster: 'c',
      namespace: 'training',
      size: 'small',
      gpuType: 'l4',
      gpu: 1,
      environment: [{ name: 'MODE', value: 'fast' }],
      ttl: 3_600,
      deadline: 3_600,
      basedOn: 'c/training/j',
    });
  });

  it('asks for more memory where that is suggested', () => {
    expect(rerunForm(RUN, VALUES, OPTIONS, { memory: '3Gi' })).toMatchObject({
      size: 'custom',
      workers: 1,
      cpu: '1',
      memory: '3Gi',
    });
  });

  it('says which run it was filled from', () => {
    const form = rerunForm(RUN, VALUES, OPTIONS, {});
    expect(runOfForm(form)).toEqual(RUN);
    expect(runOfForm({})).toBeUndefined();
    expect(runOfForm({ basedOn: 'a/b' })).toBeUndefined();
  });

  it('fits into an address', () => {
    const long = [{ name: 'A', value: 'x'.repeat(20_000) }];
    const form = rerunForm(RUN, { ...VALUES, environment: long }, OPTIONS, {});
    const query = formQuery(form);
    expect(query.length).toBeLessThan(6_000);
    const data = new URLSearchParams(query).get('formData') ?? '';
    expect(JSON.parse(data)).toMatchObject({
      version: '1.2.0',
      variablesLeftOut: 1,
      basedOn: 'c/training/j',
    });
    expect(data).not.toContain('xxx');
    expect(formQuery(rerunForm(RUN, VALUES, OPTIONS, {}))).not.toContain(
      'variablesLeftOut',
    );
  });
});

describe('suggestedMemory', () => {
  const pod = (role: JobPod['role'], reason?: string): JobPod => ({
    name: role,
    role,
    phase: 'Failed',
    createdAt: '',
    reason,
    containers: [],
  });
  const KILLED =
    'Container ray-worker of w was killed because it was out of memory (its limit is 2Gi); ask for 3Gi of memory';
  const of = (
    reason: string,
    pods: readonly JobPod[],
    message = KILLED,
    values = VALUES,
  ) =>
    suggestedMemory(
      aDetail(aJob({ state: 'failed', reason, message }), { pods }),
      values,
    );

  it('is what the message says of a worker that ran out of memory', () => {
    expect(of('OOMKilled', [pod('head'), pod('worker', 'OOMKilled')])).toBe(
      '3Gi',
    );
    expect(of('OOMKilled', [])).toBe('3Gi');
  });

  it('goes by what an evicted worker used, not by what it had asked for', () => {
    const message =
      'w was evicted because its node was low on memory: container ray-worker used 10 GiB and had asked for 2Gi; ask for 16Gi of memory';
    expect(of('Evicted', [pod('worker', 'Evicted')], message)).toBe('16Gi');
  });

  it('is none where the disk was full', () => {
    const message =
      'w was evicted: The node was low on resource: ephemeral-storage. Container ray-worker was using 100Gi, request is 0, has larger consumption of ephemeral-storage.';
    expect(of('Evicted', [pod('worker', 'Evicted')], message)).toBeUndefined();
  });

  it('is none that would be less than the run had', () => {
    const message =
      'Container sidecar of w was killed because it was out of memory (its limit is 128Mi); ask for 192Mi of memory';
    expect(
      of('OOMKilled', [pod('worker', 'OOMKilled')], message),
    ).toBeUndefined();
  });

  it('is none for a head whose memory the form does not ask for', () => {
    const pods = [pod('head', 'OOMKilled')];
    expect(of('OOMKilled', pods)).toBeUndefined();
    const alone = { ...VALUES, workers: 0 };
    expect(of('OOMKilled', pods, KILLED, alone)).toBe('3Gi');
  });

  it('is none for a run that failed otherwise', () => {
    expect(of('AppFailed', [])).toBeUndefined();
  });
});
