import { CUSTOM_RESOURCES } from '../model/customResources';
import { CORE_RESOURCES } from '../model/coreResources';
import { KubeObject } from '../model/KubeObject';
import { humanDuration } from './age';
import { columnsOf } from './columnsOf';
import { podStatus } from './podColumns';

const NOW = Date.parse('2026-01-01T01:00:00Z');

const pod = (fields: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  ...fields,
});

describe('tables', () => {
  it('show RayJobs as KubeRay does', () => {
    const type = CUSTOM_RESOURCES.find(one => one.plural === 'rayjobs');
    const columns = type ? columnsOf(type) : [];
    expect(columns.map(({ name }) => name)).toEqual([
      'Name',
      'job status',
      'deployment status',
      'ray cluster name',
      'start time',
      'end time',
      'Age',
    ]);
    const job: KubeObject = {
      apiVersion: 'ray.io/v1',
      kind: 'RayJob',
      metadata: { name: 'j', creationTimestamp: '2026-01-01T00:55:00Z' },
      status: { jobStatus: 'RUNNING', jobDeploymentStatus: 'Running' },
    };
    expect(columns.map(column => column.value(job, NOW))).toEqual([
      'j',
      'RUNNING',
      'Running',
      '',
      '',
      '',
      '5m',
    ]);
  });

  it.each([
    [{ status: { phase: 'Pending' } }, 'Pending'],
    [
      {
        status: {
          phase: 'Pending',
          containerStatuses: [
            { state: { waiting: { reason: 'ImagePullBackOff' } } },
          ],
        },
      },
      'ImagePullBackOff',
    ],
    [
      {
        status: {
          phase: 'Succeeded',
          containerStatuses: [
            { state: { terminated: { reason: 'Completed', exitCode: 0 } } },
          ],
        },
      },
      'Completed',
    ],
    [
      {
        spec: { initContainers: [{}, {}] },
        status: {
          phase: 'Pending',
          initContainerStatuses: [
            { state: { terminated: { exitCode: 0 } } },
            { state: { running: {} } },
          ],
        },
      },
      'Init:1/2',
    ],
    [
      {
        metadata: { name: 'p', deletionTimestamp: '2026-01-01T00:00:00Z' },
        status: { phase: 'Running' },
      },
      'Terminating',
    ],
  ])('say in a word how a pod is', (fields, word) => {
    expect(podStatus(pod(fields))).toBe(word);
  });

  it('have columns for every core resource', () => {
    for (const type of CORE_RESOURCES) {
      expect(columnsOf(type).length).toBeGreaterThanOrEqual(2);
    }
  });

  it.each([
    [5_000, '5s'],
    [119_000, '119s'],
    [150_000, '2m30s'],
    [40 * 60_000, '40m'],
    [3.5 * 3_600_000, '3h30m'],
    [26 * 3_600_000, '26h'],
    [3 * 86_400_000, '3d'],
    [400 * 86_400_000, '400d'],
  ])('show %d ms as %s', (ms, text) => {
    expect(humanDuration(ms)).toBe(text);
  });
});
