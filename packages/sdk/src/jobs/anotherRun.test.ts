import { anotherRun } from './anotherRun';

const date = new Date('2026-01-02T03:04:05Z');
const requester = 'user:default/ada';

describe('another run of a job', () => {
  it('copies what describes the run, and nothing of who deployed the first', () => {
    const run = anotherRun(
      {
        metadata: {
          name: 'hello-20250101-000000',
          namespace: 'training',
          uid: 'u-1',
          resourceVersion: '7',
          ownerReferences: [{ kind: 'Workflow', name: 'w' }],
          labels: {
            'app.kubernetes.io/name': 'hello',
            'app.kubernetes.io/version': '1.0.0',
            'app.kubernetes.io/instance': 'jobs',
            'argocd.argoproj.io/instance': 'jobs',
            'helm.sh/chart': 'jobs-1.2.3',
            'kueue.x-k8s.io/queue-name': 'gpu',
            'kueue.x-k8s.io/prebuilt-workload-name': 'w',
            'kustomize.toolkit.fluxcd.io/name': 'jobs',
            team: 'stars',
          },
          annotations: {
            'argocd.argoproj.io/tracking-id':
              'jobs:ray.io/RayJob:training/hello-20250101-000000',
            'argocd.argoproj.io/sync-wave': '2',
            'meta.helm.sh/release-name': 'jobs',
            'kubectl.kubernetes.io/last-applied-configuration': '{}',
            'kustomize.config.k8s.io/id': 'x',
            'config.kubernetes.io/origin': 'x',
            'ml-platform.dev/gitops-path': 'gitops/x.yaml',
            'ml-platform.dev/idempotency-key': 'k',
            'ml-platform.dev/task': 'task-1',
            'ml-platform.dev/requester': 'user:default/bob',
            'ml-platform.dev/source-commit': 'abc',
          },
        },
        spec: {
          entrypoint: 'python train.py',
          jobId: 'hello-abc',
          suspend: true,
        },
        status: { jobStatus: 'FAILED' },
      },
      { date, requester },
    );
    expect(JSON.parse(JSON.stringify(run))).toEqual({
      apiVersion: 'ray.io/v1',
      kind: 'RayJob',
      metadata: {
        name: 'hello-20260102-030405',
        namespace: 'training',
        labels: {
          'app.kubernetes.io/name': 'hello',
          'app.kubernetes.io/version': '1.0.0',
          'kueue.x-k8s.io/queue-name': 'gpu',
          team: 'stars',
        },
        annotations: {
          'ml-platform.dev/requester': requester,
          'ml-platform.dev/another-run-of': 'hello-20250101-000000',
          'ml-platform.dev/source-commit': 'abc',
        },
      },
      spec: { entrypoint: 'python train.py' },
    });
  });

  it('names a job without a workload after the first run', () => {
    const source = { metadata: { name: 'by-hand', namespace: 'n' } };
    expect(anotherRun(source, { date, requester }).metadata.name).toBe(
      'by-hand-20260102-030405',
    );
  });
});
