import { isEntityRef } from './entityRef';
import { jobName } from './jobName';
import {
  validateCpu,
  validateEnvName,
  validateImage,
  validateImageTag,
  validateJobName,
  validateMemory,
  validateNamespace,
} from './validation';

describe('jobName', () => {
  const date = new Date('2025-12-01T12:00:00Z');

  it.each([
    ['stellar_optimization', 'stellar-optimization-20251201-120000'],
    ['hello-ray', 'hello-ray-20251201-120000'],
    [
      'a_workload_with_a_name_that_is_much_too_long_to_keep',
      'a-workload-with-a-name-that-is-20251201-120000',
    ],
    ['2nd Try!', 'nd-try-20251201-120000'],
    ['___', 'job-20251201-120000'],
  ])('names a run of %s', (workload, expected) => {
    const name = jobName(workload, date);
    expect(name).toBe(expected);
    expect(validateJobName(name)).toBeUndefined();
  });
});

describe('validation', () => {
  it.each<[(value: string) => string | undefined, string[], string[]]>([
    [
      validateJobName,
      ['a', 'a-1', 'a'.repeat(47)],
      ['', '1a', 'A', 'a_b', 'a-', 'a'.repeat(48)],
    ],
    [
      validateNamespace,
      ['training', '1a'],
      ['', 'Training', '-a', 'a'.repeat(64)],
    ],
    [validateCpu, ['1', '500m', '0.5'], ['0', '-1', 'two', '4Gi', '0.1m']],
    [validateMemory, ['512Mi', '4Gi', '1e9'], ['0', '4', 'lots', '4GB']],
    [validateEnvName, ['A', '_x', 'PATH_2'], ['', '2A', 'A-B', 'A=B', 'A B']],
    [
      validateImageTag,
      ['1.0.0', 'v1_a', 'latest'],
      ['', '.a', '-a', 'a b', 'a:b'],
    ],
    [
      validateImage,
      [
        'localhost:7009/stellar_optimization:1.0.0',
        'rayproject/ray:2.55.1',
        `a/b@sha256:${'0'.repeat(64)}`,
      ],
      ['', 'a b', 'a:', '/a', 'http://a/b'],
    ],
  ])(
    '%p takes the good and says what to do about the bad',
    (rule, good, bad) => {
      good.forEach(value =>
        expect([value, rule(value)]).toEqual([value, undefined]),
      );
      bad.forEach(value => expect(rule(value)).toMatch(/\w+ \w+/));
    },
  );
});

describe('isEntityRef', () => {
  it.each(['user:default/guest', 'group:ml', 'User:Default/a.b-c_d'])(
    'takes %s',
    text => expect(isEntityRef(text)).toBe(true),
  );

  it.each([
    ...[undefined, '', ':', 'guest', 'a:b:c', 'user:', ':x', 'user:/x'],
    ...['https://sso.example/users/42', 'alice@example.com', 'a: b', 'a:b/c/d'],
    ...['system:serviceaccount:ci:bot', 'user:default/\u202ex', 'user:a/%2e'],
  ])('leaves %s', text => expect(isEntityRef(text)).toBe(false));
});
