import { expect, test } from '@playwright/test';
import {
  cluster,
  container,
  pod,
  rayCluster,
  rayJob,
  sized,
  template,
} from './support/jobs';
import { Kubectl } from './support/Kubectl';
import { readTarget } from './support/target';

const { kubectl, workload } = readTarget();
const admin = new Kubectl(kubectl, workload);

const withHead = (fields: object) =>
  cluster({ headGroupSpec: { rayStartParams: {}, ...fields } });
const head = (fields: object) => ({
  rayClusterSpec: withHead({ template: template(fields) }),
});
const main = (fields: object) => ({ containers: [container('main', fields)] });
/** A namespace with jobs and without a queue. */
const UNQUEUED = 'unqueued';
const unqueued = { namespace: UNQUEUED };
const tracked = {
  annotations: {
    'argocd.argoproj.io/tracking-id': 'app:ray.io/RayJob:training/hello',
  },
};
const deletes = (policy: string) => ({
  shutdownAfterJobFinishes: false,
  deletionStrategy: {
    deletionRules: [
      { policy, condition: { jobStatus: 'SUCCEEDED', ttlSeconds: 60 } },
    ],
  },
});

const scaling = rayCluster({
  enableInTreeAutoscaling: true,
  autoscalerOptions: { idleTimeoutSeconds: 60 },
});

const admitted: Readonly<Record<string, object>> = {
  'a job as the portal renders it': rayJob(),
  'a job with its own submitter': rayJob({
    submitterPodTemplate: template({ restartPolicy: 'Never' }),
  }),
  'a job on a Ray cluster that is there': rayJob({
    rayClusterSpec: undefined,
    shutdownAfterJobFinishes: undefined,
    clusterSelector: { 'ray.io/cluster': 'shared' },
  }),
  'a job on GPUs with a sidecar and an init container': rayJob(
    head({
      containers: [
        container('main', { resources: sized({ 'nvidia.com/gpu': '1' }) }),
        container('sidecar'),
      ],
      initContainers: [container('fetch')],
    }),
  ),
  'a job that may take a week': rayJob({ activeDeadlineSeconds: 604_800 }),
  'a job that somebody submits by hand, and that deletes itself': rayJob(
    deletes('DeleteSelf'),
    unqueued,
  ),
  'a job in git whose cluster goes by a rule': rayJob(
    deletes('DeleteCluster'),
    { ...tracked, ...unqueued },
  ),
  'a Ray cluster': rayCluster(),
  'a Ray cluster that scales itself': {
    ...scaling,
    metadata: { ...scaling.metadata, ...unqueued },
  },
  'a pod': pod(),
  'a pod whose size the namespace sets': pod(main({ resources: undefined })),
};

/** What is refused, with a part of the answer. */
const refused: Readonly<Record<string, readonly [object, string]>> = {
  'a foreign image': [
    rayJob(head(main({ image: 'docker.io/someone/ray:latest' }))),
    'but there is docker.io/someone/ray:latest. Push the image there first.',
  ],
  'an image whose registry only begins like ours': [
    rayJob(
      head(
        main({ image: 'registry.example.com/demo-project/images-evil/ray:1' }),
      ),
    ),
    'Images have to come from registry.example.com/demo-project/images/',
  ],
  'a foreign image of a worker': [
    rayJob({
      rayClusterSpec: cluster({
        workerGroupSpecs: [
          {
            groupName: 'workers',
            replicas: 1,
            minReplicas: 1,
            maxReplicas: 1,
            rayStartParams: {},
            template: template(main({ image: 'ray:latest' })),
          },
        ],
      }),
    }),
    'but there is ray:latest',
  ],
  'a foreign image of the submitter': [
    rayJob({
      submitterPodTemplate: template({
        restartPolicy: 'Never',
        ...main({ image: 'ray:submit' }),
      }),
    }),
    'but there is ray:submit',
  ],
  'a foreign image of a submitter without a cluster': [
    rayJob({
      rayClusterSpec: undefined,
      clusterSelector: { 'ray.io/cluster': 'shared' },
      submitterPodTemplate: template({
        restartPolicy: 'Never',
        ...main({ image: 'ray:submit' }),
      }),
    }),
    'but there is ray:submit',
  ],
  'a foreign init container': [
    rayJob(
      head({
        containers: [container('main')],
        initContainers: [container('fetch', { image: 'curl:8' })],
      }),
    ),
    'but there is curl:8',
  ],
  'a foreign image volume': [
    rayJob(
      head({
        containers: [container('main')],
        volumes: [{ name: 'data', image: { reference: 'data:1' } }],
      }),
    ),
    'but there is data:1',
  ],
  'a foreign autoscaler': [
    rayCluster({
      enableInTreeAutoscaling: true,
      autoscalerOptions: { image: 'scaler:1' },
    }),
    'but there is scaler:1',
  ],
  'a foreign image of a Ray cluster': [
    rayCluster({
      headGroupSpec: {
        rayStartParams: {},
        template: template(main({ image: 'ray:1' })),
      },
    }),
    'but there is ray:1',
  ],
  'a foreign image of a pod': [
    pod(main({ image: 'ray:1' })),
    'but there is ray:1',
  ],
  'an image in the runtime environment': [
    rayJob({ runtimeEnvYAML: 'image_uri: docker.io/someone/ray:1' }),
    'Remove image_uri',
  ],
  'a container without limits': [
    rayJob(
      head(main({ resources: { requests: { cpu: '1', memory: '1Gi' } } })),
    ),
    'Set requests and limits for cpu and memory',
  ],
  'a sidecar without resources': [
    rayJob(
      head({
        containers: [
          container('main'),
          container('sidecar', { resources: undefined }),
        ],
      }),
    ),
    'Set requests and limits for cpu and memory',
  ],
  'a submitter without resources': [
    rayJob({
      submitterPodTemplate: template({
        restartPolicy: 'Never',
        ...main({ resources: undefined }),
      }),
    }),
    'and the submitter.',
  ],
  'a container that is too large': [
    rayJob(head(main({ resources: sized({ cpu: '17' }) }))),
    'at most 16 CPUs and 64Gi of memory',
  ],
  'a container with too much memory': [
    rayCluster({
      headGroupSpec: {
        rayStartParams: {},
        template: template(main({ resources: sized({ memory: '65Gi' }) })),
      },
    }),
    'at most 16 CPUs and 64Gi of memory',
  ],
  'a privileged container': [
    rayJob(head(main({ securityContext: { privileged: true } }))),
    'Jobs run without privileges',
  ],
  'a container that may gain privileges': [
    rayJob(head(main({ securityContext: { allowPrivilegeEscalation: true } }))),
    'Jobs run without privileges',
  ],
  'an added capability': [
    rayJob(
      head(
        main({
          securityContext: { capabilities: { add: ['NET_BIND_SERVICE'] } },
        }),
      ),
    ),
    'Jobs add no capabilities',
  ],
  "the host's network": [
    rayJob(head({ hostNetwork: true, containers: [container('main')] })),
    'Remove hostNetwork',
  ],
  "the host's processes in the submitter": [
    rayJob({
      submitterPodTemplate: template({ restartPolicy: 'Never', hostPID: true }),
    }),
    'Remove hostNetwork, hostPID',
  ],
  "a port of the host's": [
    rayJob(head(main({ ports: [{ containerPort: 80, hostPort: 80 }] }))),
    'and hostPort',
  ],
  "a path of the host's": [
    rayJob(
      head({
        containers: [container('main')],
        volumes: [{ name: 'etc', hostPath: { path: '/etc' } }],
      }),
    ),
    'instead of hostPath',
  ],
  'a job without a deadline': [
    rayJob({ activeDeadlineSeconds: undefined }),
    'Set spec.activeDeadlineSeconds',
  ],
  'a deadline of more than a week': [
    rayJob({ activeDeadlineSeconds: 604_801 }),
    'may be at most 604800',
  ],
  'a job that keeps its cluster': [
    rayJob({ shutdownAfterJobFinishes: false }),
    'Set spec.shutdownAfterJobFinishes',
  ],
  'a job in git that deletes itself': [
    rayJob(deletes('DeleteSelf'), tracked),
    'Argo CD would run it again',
  ],
  'a head that is reached from outside': [
    rayJob({
      rayClusterSpec: withHead({
        template: template(),
        serviceType: 'LoadBalancer',
      }),
    }),
    'has to be of type ClusterIP',
  ],
  'an Ingress': [
    rayCluster({
      headGroupSpec: {
        rayStartParams: {},
        template: template(),
        enableIngress: true,
      },
    }),
    'gets no Ingress',
  ],
  'a job in another namespace': [
    rayJob({}, { namespace: 'default' }),
    'in namespaces with the label ml-platform.dev/jobs=true',
  ],
  'a Ray cluster that scales itself in a queue, which Kueue does not count': [
    scaling,
    'a kueue managed job can use autoscaling only when',
  ],
  'a RayService': [
    {
      apiVersion: 'ray.io/v1',
      kind: 'RayService',
      metadata: { name: 'hello', namespace: 'training' },
      spec: { rayClusterConfig: cluster() },
    },
    'Only RayJobs and RayClusters run here',
  ],
};

test.beforeAll(() =>
  admin.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: UNQUEUED, labels: { 'ml-platform.dev/jobs': 'true' } },
  }),
);

for (const [what, object] of Object.entries(admitted)) {
  test(`admits ${what}`, async () => {
    const { text } = await admin.dryRun(object);
    expect(text).toContain('created (server dry run)');
  });
}

for (const [what, [object, answer]] of Object.entries(refused)) {
  test(`refuses ${what}`, async () => {
    const { ok, text } = await admin.dryRun(object);
    expect({ ok, text }).toEqual({
      ok: false,
      text: expect.stringContaining(answer),
    });
  });
}
