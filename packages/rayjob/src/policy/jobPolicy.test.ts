import { DEFAULT_JOB_POLICY, readJobPolicy } from './jobPolicy';

describe('readJobPolicy', () => {
  it('is Pod Security baseline and nothing else by default', () => {
    expect(readJobPolicy(undefined)).toEqual({ podSecurity: 'baseline' });
    expect(readJobPolicy({})).toEqual(DEFAULT_JOB_POLICY);
  });

  it('reads all that can be set', () => {
    expect(
      readJobPolicy({
        podSecurity: 'privileged',
        namespaces: ['training'],
        serviceAccounts: [],
        registries: ['ghcr.io'],
        limits: {
          cpu: '64',
          memory: '1Ti',
          workers: 0,
          accelerators: { 'nvidia.com/gpu': 8 },
        },
      }),
    ).toEqual({
      podSecurity: 'privileged',
      namespaces: ['training'],
      serviceAccounts: [],
      registries: ['ghcr.io'],
      limits: {
        cpu: 64_000,
        memory: 2 ** 40,
        workers: 0,
        accelerators: { 'nvidia.com/gpu': 8 },
      },
    });
  });

  it.each<[unknown, string]>([
    [null, 'ray.policy has to be an object'],
    [[], 'ray.policy has to be an object'],
    [
      { podsecurity: 'baseline' },
      'ray.policy.podsecurity is not known; use podSecurity',
    ],
    [
      { podSecurity: 'restricted' },
      'ray.policy.podSecurity has to be baseline or privileged',
    ],
    [
      { registries: 'ghcr.io' },
      'ray.policy.registries has to be a list of names',
    ],
    [{ registries: [''] }, 'ray.policy.registries has to be a list of names'],
    [{ limits: { cpu: 'lots' } }, 'ray.policy.limits.cpu has to be a quantity'],
    [{ limits: { gpu: 1 } }, 'ray.policy.limits.gpu is not known'],
    [
      { limits: { workers: -1 } },
      'ray.policy.limits.workers has to be a whole number',
    ],
    [
      { limits: { accelerators: { a: [] } } },
      'ray.policy.limits.accelerators.a has to be a quantity',
    ],
  ])('refuses %j', (section, message) => {
    expect(() => readJobPolicy(section)).toThrow(message);
  });
});
