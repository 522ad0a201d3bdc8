import { Tracking } from './Tracking';
import { KubeManifest } from './types';

const object = (id?: string): KubeManifest => ({
  apiVersion: 'ray.io/v1',
  kind: 'RayJob',
  metadata: {
    name: 'a',
    annotations: id ? { 'argocd.argoproj.io/tracking-id': id } : {},
  },
});

const key = {
  group: 'ray.io',
  version: 'v1',
  kind: 'RayJob',
  namespace: 'training',
  name: 'a',
};

describe('Tracking', () => {
  it("writes Argo CD's id, behind the installation's name where there is one", () => {
    expect(new Tracking().id('jobs', key)).toBe(
      'jobs:ray.io/RayJob:training/a',
    );
    expect(new Tracking('here').id('jobs', key)).toBe(
      'here-jobs:ray.io/RayJob:training/a',
    );
  });

  it.each([
    [undefined, 'jobs:ray.io/RayJob:training/a', 'jobs', undefined],
    [undefined, undefined, undefined, undefined],
    ['here', 'here-jobs:ray.io/RayJob:training/a', 'jobs', undefined],
    ['here', 'jobs:ray.io/RayJob:training/a', undefined, 'jobs'],
    ['here', 'there-jobs:ray.io/RayJob:training/a', undefined, 'there-jobs'],
    ['here', undefined, undefined, undefined],
  ])(
    'installation %s: an object with the id %s belongs to %s, or to the stranger %s',
    (installation, id, application, stranger) => {
      const tracking = new Tracking(installation);
      expect(tracking.applicationOf(object(id))).toBe(application);
      expect(tracking.strangerOf(object(id))).toBe(stranger);
    },
  );
});
