import type { RayJob } from '@ml-platform/rayjob';
import type { KubeObject } from '@ml-platform/kube';

const STATES = [
  { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' },
  { jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' },
  { jobDeploymentStatus: 'Failed', jobStatus: 'FAILED', failed: 1 },
  { jobDeploymentStatus: 'Initializing' },
];

const template = (name: string, cpu: string) => ({
  spec: {
    containers: [
      {
        name,
        image: 'registry.example/stellar-optimization:1.4.2',
        resources: { requests: { cpu, memory: '8Gi' }, limits: { cpu } },
        env: Array.from({ length: 8 }, (_, i) => ({
          name: `SETTING_${i}`,
          value: `value-of-setting-${i}`,
        })),
      },
    ],
  },
});

/** A RayJob of the size that the form makes, about 3 KB as JSON. */
export function sampleJob(i: number, version = '1.4.2'): RayJob & KubeObject {
  const name = `stellar-optimization-${String(i).padStart(6, '0')}`;
  return {
    apiVersion: 'ray.io/v1',
    kind: 'RayJob',
    metadata: {
      name,
      namespace: `team-${i % 10}`,
      uid: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      creationTimestamp: new Date(1.7e12 + ((i * 7919) % 1e6) * 1_000)
        .toISOString()
        .replace('.000', ''),
      labels: {
        'app.kubernetes.io/name': `workload-${i % 40}`,
        'app.kubernetes.io/version': version,
        'app.kubernetes.io/managed-by': 'ml-platform',
      },
      annotations: {
        'ml-platform.dev/requester': `user:default/person-${i % 100}`,
        'ml-platform.dev/gitops-path': `gitops/clusters/c/jobs/team-${i % 10}/${name}.yaml`,
        'ml-platform.dev/source-commit':
          '5f0c6d0b9a3e4f1d8c7b6a5f4e3d2c1b0a9f8e7d',
      },
    },
    spec: {
      entrypoint: `python train.py --epochs 100 --seed ${i}`,
      submissionMode: 'K8sJobMode',
      shutdownAfterJobFinishes: true,
      rayClusterSpec: {
        rayVersion: '2.46.0',
        headGroupSpec: { template: template('ray-head', '2') },
        workerGroupSpecs: [
          {
            groupName: 'workers',
            replicas: 4,
            template: template('ray-worker', '8'),
          },
        ],
      },
    },
    status: {
      ...STATES[i % STATES.length],
      jobId: `${name}-abcde`,
      rayClusterName: `${name}-fghij`,
      startTime: '2026-11-23T21:06:21Z',
    },
  };
}
