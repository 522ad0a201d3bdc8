import { renderServiceAccount, renderWorkloadStorage } from './manifests';
import { storagePaths } from './paths';
import type { WorkloadStorageSpec } from './WorkloadStorage';

const ref = { namespace: 'training', name: 'galaxies' };
const spec = { workload: 'galaxies', deleteAfterDays: 90 };

describe('the manifests of a storage', () => {
  it('are a resource for Crossplane and an account for the pods', () => {
    expect(renderWorkloadStorage({ ref, spec })).toEqual({
      apiVersion: 'ml-platform.dev/v1alpha1',
      kind: 'WorkloadStorage',
      metadata: {
        ...ref,
        labels: {
          'app.kubernetes.io/name': 'galaxies',
          'app.kubernetes.io/managed-by': 'ml-platform',
        },
      },
      spec,
    });
    expect(renderServiceAccount('my-project', { ref, spec })).toMatchObject({
      kind: 'ServiceAccount',
      metadata: {
        ...ref,
        annotations: {
          'iam.gke.io/gcp-service-account':
            'ws-galaxies-2908b2b9@my-project.iam.gserviceaccount.com',
        },
      },
      automountServiceAccountToken: false,
    });
  });

  it('have their places in the folders of two clusters', () => {
    expect(storagePaths({ management: 'm', workload: 'w' }, ref)).toEqual({
      storage: 'm/workloads/training/galaxies.yaml',
      account: 'w/accounts/training/galaxies.yaml',
    });
  });

  it.each<[object, string]>([
    [{ storageClass: 'HOT' }, "storageClass: 'HOT' is none; use STANDARD"],
    [{ deleteAfterDays: 0 }, 'deleteAfterDays: 0 is not a whole number'],
    [{ keepVersionsDays: 1.5 }, 'keepVersionsDays: 1.5 is not'],
    [{ deleteAfterDays: 3651 }, 'deleteAfterDays: 3651 is not'],
  ])('refuse %j', (wrong, message) => {
    expect(() =>
      renderWorkloadStorage({ ref, spec: wrong as WorkloadStorageSpec }),
    ).toThrow(message);
  });

  it('refuse a name and a project that Google would refuse', () => {
    const wrong = { ref: { ...ref, name: 'default' }, spec };
    expect(() => renderWorkloadStorage(wrong)).toThrow("can't be called");
    expect(() => renderServiceAccount('My project', { ref, spec })).toThrow(
      "isn't the id of a Google Cloud project",
    );
  });
});
