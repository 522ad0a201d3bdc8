import type { ClusterDetail } from '@ml-platform/backstage-plugin-ray-common';

/** A Ray cluster that no job made. */
export const aRayCluster: ClusterDetail['rayClusters'][number] = {
  cluster: 'gpu',
  namespace: 'training',
  name: 'shared',
  uid: 'u1',
  createdAt: '2025-12-01T12:00:00Z',
  state: 'ready',
  autoscaling: false,
  groups: [{ name: 'workers', replicas: 1, min: 0, max: 4 }],
  workers: { desired: 1, ready: 1 },
  resources: { cpu: 2_000, memory: 1024 ** 3, gpu: 0, accelerators: {} },
};
