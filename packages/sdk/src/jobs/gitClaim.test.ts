import { gitClaim } from './gitClaim';

const REF = { cluster: 'c', namespace: 'training', name: 'hello-1' };
const PATH = 'gitops/clusters/c/jobs/training/hello-1.yaml';
const TRACKING = 'argocd.argoproj.io/tracking-id';
const GITOPS = 'ml-platform.dev/gitops-path';

const claim = (annotations: Record<string, string>, gitopsPath?: string) =>
  gitClaim(
    REF,
    { metadata: { name: REF.name, namespace: REF.namespace, annotations } },
    gitopsPath,
  );

describe('what a job says about coming from git', () => {
  it.each([
    ['jobs:ray.io/RayJob:training/hello-1', 'jobs'],
    ['argocd_jobs:ray.io/RayJob:training/hello-1', 'argocd_jobs'],
    ['jobs:ray.io/RayJob:training/hello-10', undefined],
    ['jobs:ray.io/RayJob:training/other', undefined],
    ['jobs:ray.io/RayJob:other/hello-1', undefined],
    ['jobs:ray.io/RayCluster:training/hello-1', undefined],
    ['jobs:batch/Job:training/hello-1', undefined],
    ['jobs:apps/Deployment:web/shop', undefined],
    [':ray.io/RayJob:training/hello-1', undefined],
    ['hello-1', undefined],
    ['', undefined],
  ])("takes the tracking id %j for application %j's", (id, application) => {
    expect(claim({ [TRACKING]: id }).application).toBe(application);
  });

  it.each([
    [PATH, 'gitops', true],
    [PATH, undefined, true],
    ['clusters/c/jobs/training/hello-1.yaml', '', true],
    [PATH, 'deploy', false],
    ['.github/workflows/release.yaml', 'gitops', false],
    ['gitops/clusters/c/jobs/training/other.yaml', 'gitops', false],
    ['gitops/clusters/d/jobs/training/hello-1.yaml', undefined, false],
    ['xclusters/c/jobs/training/hello-1.yaml', undefined, false],
    ['gitops/../gitops/clusters/c/jobs/training/hello-1.yaml', 'gitops', false],
  ])('takes the path %j below %j for its own: %j', (path, root, own) => {
    const { path: claimed, foreignPath } = claim({ [GITOPS]: path }, root);
    expect([claimed, foreignPath]).toEqual([own, own ? undefined : path]);
  });

  it('is nothing for a cluster whose name makes no path', () => {
    const cluster = 'arn:aws:eks:eu-west-1:1:cluster/one';
    expect(
      gitClaim(
        { ...REF, cluster },
        { metadata: { name: 'hello-1' } },
        'gitops',
      ),
    ).toEqual({ application: undefined, path: false, foreignPath: undefined });
  });
});
