import type { KueueWorkload, RayJob } from '@ml-platform/rayjob';
import { beforeAdmission } from './beforeAdmission';

const own = { 'backstage.io/kubernetes-id': 'hello' };
const topology = { 'kueue.x-k8s.io/podset-preferred-topology': 'rack' };

/** A template as Kueue leaves it when it admits the job. */
const admitted = (podset: string, spec: object = {}) => ({
  metadata: {
    labels: {
      ...own,
      'kueue.x-k8s.io/podset': podset,
      'kueue.x-k8s.io/cluster-queue-name': 'jobs',
      'kueue.x-k8s.io/local-queue-name': 'default',
    },
    annotations: { ...topology, 'kueue.x-k8s.io/workload': 'rayjob-hello-1' },
  },
  spec: {
    containers: [{ name: podset }],
    nodeSelector: { disk: 'fast', 'ml-platform.dev/pool': 'spot' },
    tolerations: [{ key: 'spot' }],
    ...spec,
  },
});

const job: RayJob = {
  metadata: { name: 'hello', namespace: 'training' },
  spec: {
    entrypoint: 'python train.py',
    submitterPodTemplate: admitted('submitter'),
    rayClusterSpec: {
      headGroupSpec: { template: admitted('head') },
      workerGroupSpecs: [
        { groupName: 'workers', template: admitted('workers') },
      ],
    },
  },
};

const podSet = (name: string, spec: object) => ({ name, template: { spec } });
const workload = {
  metadata: { name: 'rayjob-hello-1' },
  spec: {
    podSets: [
      podSet('head', {}),
      podSet('workers', { nodeSelector: { disk: 'fast' } }),
      podSet('submitter', { tolerations: [] }),
    ],
  },
} as KueueWorkload;

describe('a job before Kueue admitted it', () => {
  it('asks for the nodes that it asked for at first', () => {
    const { spec } = beforeAdmission(job, workload);
    const metadata = { labels: own, annotations: topology };
    const containers = (name: string) => ({ containers: [{ name }] });
    expect(spec).toEqual({
      entrypoint: 'python train.py',
      submitterPodTemplate: {
        metadata,
        spec: { ...containers('submitter'), tolerations: [] },
      },
      rayClusterSpec: {
        headGroupSpec: { template: { metadata, spec: containers('head') } },
        workerGroupSpecs: [
          {
            groupName: 'workers',
            template: {
              metadata,
              spec: {
                ...containers('workers'),
                nodeSelector: { disk: 'fast' },
              },
            },
          },
        ],
      },
    });
  });

  it('keeps its nodes where nobody knows what it asked for', () => {
    const { spec } = beforeAdmission(job, undefined);
    const head = spec?.rayClusterSpec?.headGroupSpec?.template;
    expect(head?.metadata?.labels).toEqual(own);
    expect(head?.spec).toEqual(admitted('head').spec);
  });

  it('leaves a job alone that Kueue never admitted', () => {
    const other: RayJob = {
      metadata: { name: 'plain' },
      spec: {
        rayClusterSpec: {
          headGroupSpec: {
            template: { metadata: { labels: own }, spec: { containers: [] } },
          },
        },
      },
    };
    expect(
      JSON.parse(JSON.stringify(beforeAdmission(other, workload))),
    ).toEqual(other);
  });
});
