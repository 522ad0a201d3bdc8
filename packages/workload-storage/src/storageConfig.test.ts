import { ConfigReader } from '@backstage/config';
import { readStorageConfig } from './storageConfig';

const read = (workloadStorage?: object) =>
  readStorageConfig(
    new ConfigReader({ ray: workloadStorage ? { workloadStorage } : {} }),
  );

describe('ray.workloadStorage', () => {
  it('offers no storage where it is absent', () => {
    expect(read()).toBeUndefined();
  });

  it('needs a project, and knows the clusters of gitops/', () => {
    expect(read({ projectId: 'my-project' })).toEqual({
      projectId: 'my-project',
      clusters: {
        management: 'management-cluster',
        workload: 'workload-cluster',
      },
    });
    expect(
      read({
        projectId: 'my-project',
        managementCluster: 'm',
        workloadCluster: 'w',
      })?.clusters,
    ).toEqual({ management: 'm', workload: 'w' });
  });

  it.each([
    [{ projectId: '42' }, "projectId: '42' isn't the id"],
    [{ workloadCluster: 'w' }, 'projectId'],
  ])('refuses %j', (section, message) => {
    expect(() => read(section)).toThrow(message);
  });
});
