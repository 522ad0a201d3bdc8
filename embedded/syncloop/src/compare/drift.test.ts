import { applicationSpec } from '../application/Application';
import { contains } from './contains';
import { withIgnoredFields } from './ignoredFields';

describe('contains', () => {
  it.each([
    ['what the server fills in', { a: 1, b: { c: 2 } }, { a: 1 }, true],
    ['another value', { a: 1 }, { a: 2 }, false],
    ['a missing field', {}, { a: 1 }, false],
    [
      'elements with more fields',
      { l: [{ a: 1, b: 2 }] },
      { l: [{ a: 1 }] },
      true,
    ],
    ['one more element', { l: [1, 2] }, { l: [1] }, false],
    ['empty against absent', {}, { labels: {}, list: [], none: null }, true],
    ['a number against a text', { a: '1' }, { a: 1 }, false],
  ])('%s', (_name, live, wanted, expected) => {
    expect(contains(live, wanted)).toBe(expected);
  });
});

describe('withIgnoredFields', () => {
  const { ignoreDifferences } = applicationSpec.parse({
    project: 'default',
    source: { repoURL: 'https://github.com/a/b' },
    destination: {},
    ignoreDifferences: [
      { group: 'ray.io', kind: 'RayJob', jsonPointers: ['/spec/suspend'] },
      {
        group: 'ray.io',
        kind: 'RayCluster',
        jqPathExpressions: [
          '.spec.workerGroupSpecs[].replicas',
          '.spec.workerGroupSpecs[].ports[]?.protocol',
        ],
      },
    ],
  });
  const object = (kind: string, spec: object) => ({
    apiVersion: 'ray.io/v1',
    kind,
    metadata: { name: 'a' },
    spec,
  });

  it('takes over what others have set', () => {
    const desired = object('RayJob', { entrypoint: 'x', suspend: false });
    const live = object('RayJob', { entrypoint: 'y', suspend: true });
    expect(withIgnoredFields(desired, live, ignoreDifferences)).toEqual(
      object('RayJob', { entrypoint: 'x', suspend: true }),
    );
  });

  it('leaves out what others have taken away', () => {
    const desired = object('RayJob', { entrypoint: 'x', suspend: true });
    const live = object('RayJob', { entrypoint: 'x' });
    expect(withIgnoredFields(desired, live, ignoreDifferences)).toEqual(live);
  });

  it('reaches into every element of a list', () => {
    const groups = (...replicas: number[]) =>
      object('RayCluster', {
        workerGroupSpecs: replicas.map(count => ({ replicas: count })),
      });
    expect(
      withIgnoredFields(groups(1, 1), groups(5, 0), ignoreDifferences),
    ).toEqual(groups(5, 0));
  });

  it('reaches into lists that only some elements have', () => {
    const groups = (...ports: (object | undefined)[]) =>
      object('RayCluster', {
        workerGroupSpecs: ports.map(port => (port ? { ports: [port] } : {})),
      });
    expect(
      withIgnoredFields(
        groups({ containerPort: 1 }, undefined),
        groups({ containerPort: 1, protocol: 'TCP' }, undefined),
        ignoreDifferences,
      ),
    ).toEqual(groups({ containerPort: 1, protocol: 'TCP' }, undefined));
  });

  it('leaves other kinds alone', () => {
    const desired = object('RayService', { suspend: false });
    const live = object('RayService', { suspend: true });
    expect(withIgnoredFields(desired, live, ignoreDifferences)).toEqual(
      desired,
    );
  });
});
