import { rayJobRequest } from '../__testUtils__/rayJobRequest';
import type { RayJobRequest } from './renderRayJob';
import { validateRayJob } from './validateRayJob';

const size = { cpu: '1', memory: '2Gi', gpu: 0 };

describe('validateRayJob', () => {
  it.each<[Partial<RayJobRequest>]>([
    [{}],
    [{ workers: 0, environment: [] }],
    [{ workload: 'stellar_optimization', version: '1.0.0-rc.1' }],
    [{ ttlSecondsAfterFinished: 0, activeDeadlineSeconds: 1, backoffLimit: 0 }],
  ])('takes %j', overrides => {
    expect(() => validateRayJob(rayJobRequest(overrides))).not.toThrow();
  });

  it.each<[string, Partial<RayJobRequest>]>([
    ['name: Use lowercase letters', { name: 'Hello' }],
    ['name: The name has 48 characters', { name: 'a'.repeat(48) }],
    ['namespace: Use lowercase letters', { namespace: '../kube-system' }],
    ['workload: It is empty', { workload: '' }],
    ['version: The version is empty', { version: '' }],
    ["version: 'a b' can't be an image tag", { version: 'a b' }],
    ["version: '1.' can't be a label", { version: '1.' }],
    ['image: ', { image: 'not an image' }],
    ['entrypoint: It is empty', { entrypoint: ' ' }],
    ['workers: -1 is not a whole number', { workers: -1 }],
    ['workers: 1.5 is not a whole number', { workers: 1.5 }],
    ['workers: 1001 is not a whole number', { workers: 1001 }],
    ["cpu: 'two' is not a quantity", { resources: { ...size, cpu: 'two' } }],
    ['cpu: The quantity must be', { resources: { ...size, cpu: '0' } }],
    ['memory: 4 is less than', { resources: { ...size, memory: '4' } }],
    ['gpu: -1 is not', { resources: { ...size, gpu: -1 } }],
    [
      "environment: '1ST' can't name",
      { environment: [{ name: '1ST', value: 'x' }] },
    ],
    [
      "environment: 'A' is set twice",
      {
        environment: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
    ],
    ['ttlSecondsAfterFinished: -1', { ttlSecondsAfterFinished: -1 }],
    ['activeDeadlineSeconds: 0', { activeDeadlineSeconds: 0 }],
    ['backoffLimit: 11', { backoffLimit: 11 }],
  ])('says %s', (message, overrides) => {
    expect(() => validateRayJob(rayJobRequest(overrides))).toThrow(message);
  });

  it('names all that is wrong at once', () => {
    expect(() =>
      validateRayJob(rayJobRequest({ workers: -1, version: '' })),
    ).toThrow(/version: .*; workers: /);
  });
});
