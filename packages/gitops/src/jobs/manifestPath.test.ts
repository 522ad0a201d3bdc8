import { jobManifestPath, parseJobManifestPath } from './manifestPath';

describe('manifest paths', () => {
  it('are read as they are written', () => {
    const path = jobManifestPath({
      cluster: 'workload-cluster',
      namespace: 'training',
      name: 'a-1',
    });
    expect(path).toBe(
      'gitops/clusters/workload-cluster/jobs/training/a-1.yaml',
    );
    expect(parseJobManifestPath(path)).toEqual({
      cluster: 'workload-cluster',
      namespace: 'training',
      name: 'a-1',
    });
  });

  it.each([
    'gitops/clusters/c/jobs/kustomization.yaml',
    'gitops/clusters/c/jobs/ns/deep/a.yaml',
    'docs/clusters/c/jobs/ns/a.yaml',
    'gitops/clusters/c/jobs/ns/README.md',
  ])('does not take %s for one', path => {
    expect(parseJobManifestPath(path)).toBeUndefined();
  });

  it('may lie at the root', () => {
    expect(
      jobManifestPath({ cluster: 'c', namespace: 'n', name: 'j' }, ''),
    ).toBe('clusters/c/jobs/n/j.yaml');
    expect(parseJobManifestPath('clusters/c/jobs/n/j.yaml', '')?.name).toBe(
      'j',
    );
  });

  it.each([
    { cluster: '..', namespace: 'n', name: 'j' },
    { cluster: 'c', namespace: 'a/b', name: 'j' },
    { cluster: 'c', namespace: 'n', name: '../../x' },
    { cluster: '', namespace: 'n', name: 'j' },
    { cluster: '.git', namespace: 'n', name: 'j' },
  ])('are never made of $cluster, $namespace, $name', ref => {
    expect(() => jobManifestPath(ref)).toThrow(/path/);
  });
});
