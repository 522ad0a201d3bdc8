import { PODS, resourcePath } from './resources';

const RAYJOBS = {
  group: 'ray.io',
  version: 'v1',
  kind: 'RayJob',
  plural: 'rayjobs',
};

describe('resourcePath', () => {
  it.each([
    [[RAYJOBS], '/apis/ray.io/v1/rayjobs'],
    [[RAYJOBS, 'training'], '/apis/ray.io/v1/namespaces/training/rayjobs'],
    [
      [RAYJOBS, 'training', 'j?x'],
      '/apis/ray.io/v1/namespaces/training/rayjobs/j%3Fx',
    ],
    [[PODS, 'ns', 'p', 'log'], '/api/v1/namespaces/ns/pods/p/log'],
  ] as const)('of %j is %s', (parts, path) => {
    const [resource, ...names] = parts;
    expect(resourcePath(resource, ...names)).toBe(path);
  });

  it.each(['.', '..', 'a/b', '%2e'])('takes %s for no name', name => {
    const refused = `Nothing in Kubernetes can be called '${name}'`;
    expect(() => resourcePath(RAYJOBS, 'training', name)).toThrow(refused);
    expect(() => resourcePath(RAYJOBS, name)).toThrow(refused);
  });
});
