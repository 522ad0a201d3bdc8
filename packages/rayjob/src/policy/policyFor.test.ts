import { readJobPolicy } from './jobPolicy';
import { policyFor } from './policyFor';

const POLICY = readJobPolicy({
  namespaces: ['training'],
  limits: { cpu: 8, workers: 2 },
  groups: {
    'group:default/Research': {
      cpu: 64,
      accelerators: { 'nvidia.com/gpu': 4 },
    },
    'group:default/vision': {
      cpu: 16,
      workers: 20,
      accelerators: { 'nvidia.com/gpu': 8, 'google.com/tpu': 1 },
    },
  },
});

describe('policyFor', () => {
  it('has the common limits for everybody else', () => {
    for (const refs of [[], ['user:default/ada', 'group:default/other']]) {
      expect(policyFor(POLICY, refs)).toEqual({
        podSecurity: 'baseline',
        namespaces: ['training'],
        limits: { cpu: 8_000, workers: 2 },
      });
    }
  });

  it("has a group's limits in place of the common ones", () => {
    expect(policyFor(POLICY, ['group:default/research']).limits).toEqual({
      cpu: 64_000,
      accelerators: { 'nvidia.com/gpu': 4 },
    });
  });

  it('allows who is in several groups what any of them may', () => {
    const refs = ['group:default/research', 'Group:default/Vision'];
    expect(policyFor(POLICY, refs).limits).toEqual({
      cpu: 64_000,
      accelerators: { 'nvidia.com/gpu': 8 },
    });
  });

  it.each([
    [
      { groups: { research: {} } },
      'ray.policy.groups.research has to be named',
    ],
    [
      { groups: { 'group:default/a': { cpus: 1 } } },
      'ray.policy.groups.group:default/a.cpus is not known',
    ],
  ])('refuses %j', (section, message) => {
    expect(() => readJobPolicy(section)).toThrow(message);
  });
});
