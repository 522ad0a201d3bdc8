import {
  ANNOTATION_GITOPS_PATH,
  ANNOTATION_REQUESTER,
  ANNOTATION_SOURCE_COMMIT,
  ANNOTATION_TASK,
} from '../objects/annotations';
import { jobSummary } from '../summary/jobSummary';
import { rayJobRequest } from '../__testUtils__/rayJobRequest';
import { renderRayJob } from './renderRayJob';

describe('renderRayJob', () => {
  it('is read back by the portal as what was asked for', () => {
    const summary = jobSummary(
      'workload-cluster',
      renderRayJob(rayJobRequest()),
    );
    expect(summary).toMatchObject({
      name: 'hello-ray-20260102-030405',
      namespace: 'training',
      workload: 'hello-ray',
      version: '1.0.0',
      image: 'localhost:7009/hello-ray:1.0.0',
      owner: 'user:default/guest',
      entrypoint: 'python train.py',
      // two workers of 1 CPU and 2 GiB, and a head of 1 CPU and 2 GiB
      resources: { cpu: 3000, memory: 6 * 2 ** 30, gpu: 0, accelerators: {} },
      workers: { desired: 2, ready: 0 },
      gitops: { taskId: 'task-1', sourceCommit: 'a'.repeat(40) },
    });
  });

  it('ties the job to its task, requester, commit and file', () => {
    const { metadata } = renderRayJob(rayJobRequest());
    expect(metadata.annotations).toEqual({
      [ANNOTATION_TASK]: 'task-1',
      [ANNOTATION_REQUESTER]: 'user:default/guest',
      [ANNOTATION_SOURCE_COMMIT]: 'a'.repeat(40),
      [ANNOTATION_GITOPS_PATH]:
        'gitops/clusters/workload-cluster/jobs/training/hello-ray-20260102-030405.yaml',
    });
    expect(metadata.labels).toEqual({
      'app.kubernetes.io/name': 'hello-ray',
      'app.kubernetes.io/version': '1.0.0',
      'app.kubernetes.io/managed-by': 'ml-platform',
      'backstage.io/kubernetes-id': 'hello-ray',
    });
  });

  it('leaves the work to the workers, where there are any', () => {
    const { headGroupSpec, workerGroupSpecs } = renderRayJob(
      rayJobRequest({
        workers: 3,
        resources: { cpu: '4', memory: '16Gi', gpu: 2 },
      }),
    ).spec.rayClusterSpec;
    expect(headGroupSpec.rayStartParams).toEqual({
      'dashboard-host': '0.0.0.0',
      'num-cpus': '0',
    });
    expect(headGroupSpec.template.spec.containers[0].resources).toEqual({
      requests: { cpu: '1', memory: '2Gi' },
      limits: { cpu: '1', memory: '2Gi' },
    });
    expect(workerGroupSpecs).toEqual([
      expect.objectContaining({
        groupName: 'workers',
        replicas: 3,
        minReplicas: 3,
        maxReplicas: 3,
      }),
    ]);
    expect(workerGroupSpecs?.[0].template.spec.containers[0].resources).toEqual(
      {
        requests: { cpu: '4', memory: '16Gi', 'nvidia.com/gpu': '2' },
        limits: { cpu: '4', memory: '16Gi', 'nvidia.com/gpu': '2' },
      },
    );
  });

  it.each([
    [8, '1', '2Gi'],
    [9, '2', '8Gi'],
    [64, '2', '8Gi'],
    [65, '4', '16Gi'],
  ])('gives the head of %s workers %s CPU and %s', (workers, cpu, memory) => {
    const { headGroupSpec } = renderRayJob(rayJobRequest({ workers })).spec
      .rayClusterSpec;
    expect(headGroupSpec.template.spec.containers[0].resources.limits).toEqual({
      cpu,
      memory,
    });
  });

  it('lets the head work when there are no workers', () => {
    const { headGroupSpec, workerGroupSpecs } = renderRayJob(
      rayJobRequest({
        workers: 0,
        resources: { cpu: '500m', memory: '1Gi', gpu: 1 },
      }),
    ).spec.rayClusterSpec;
    expect(workerGroupSpecs).toBeUndefined();
    expect(headGroupSpec.rayStartParams).not.toHaveProperty('num-cpus');
    expect(headGroupSpec.template.spec.containers[0].resources.limits).toEqual({
      cpu: '500m',
      memory: '1Gi',
      'nvidia.com/gpu': '1',
    });
  });

  it('sets the environment on head and workers', () => {
    const { headGroupSpec, workerGroupSpecs } =
      renderRayJob(rayJobRequest()).spec.rayClusterSpec;
    const env = [{ name: 'SEED', value: '7' }];
    expect(headGroupSpec.template.spec.containers[0].env).toEqual(env);
    expect(workerGroupSpecs?.[0].template.spec.containers[0].env).toEqual(env);
  });

  it.each([
    's3cr$$et$$',
    'prefix-$(PLAIN)-$(NOT_SET)',
    'see $(PLAIN) and $$(PLAIN)',
    '$',
    '$$$',
    '$$$(PLAIN)',
    '${HOME} $HOME',
    '$(open',
    'a$',
  ])('hands the value %j to the process as it was typed', value => {
    const { env } = renderRayJob(
      rayJobRequest({ environment: [{ name: 'A', value }] }),
    ).spec.rayClusterSpec.headGroupSpec.template.spec.containers[0];
    const [rendered] = (env ?? []).map(entry =>
      'value' in entry ? entry.value : '',
    );
    // As Kubernetes expands it, where PLAIN is another variable.
    const read = rendered.replace(
      /\$(\$|\(([^()]*)\))/g,
      (whole, inner: string, name: string) => {
        if (inner === '$') {
          return '$';
        }
        return name === 'PLAIN' ? 'expanded' : whole;
      },
    );
    expect(read).toBe(value);
  });

  it('runs several commands as one, and shows what was typed', () => {
    const entrypoint = 'echo $HOME && python train.py';
    const job = renderRayJob(rayJobRequest({ entrypoint }));
    expect(job.spec.entrypoint).toMatch(/^bash -c '/);
    expect(jobSummary('c', job).entrypoint).toBe(entrypoint);
  });

  it('cleans up by itself, and leaves out what was not asked for', () => {
    const { spec } = renderRayJob(rayJobRequest());
    expect(spec).toMatchObject({
      submissionMode: 'K8sJobMode',
      shutdownAfterJobFinishes: true,
      ttlSecondsAfterFinished: 300,
    });
    for (const field of ['suspend', 'activeDeadlineSeconds', 'backoffLimit']) {
      expect(spec).not.toHaveProperty(field);
    }
    expect(
      renderRayJob(
        rayJobRequest({ activeDeadlineSeconds: 60, backoffLimit: 2 }),
      ).spec,
    ).toMatchObject({ activeDeadlineSeconds: 60, backoffLimit: 2 });
  });

  it('gives the pods no more rights than training needs', () => {
    const { rayClusterSpec, submitterPodTemplate } =
      renderRayJob(rayJobRequest()).spec;
    for (const template of [
      rayClusterSpec.headGroupSpec.template,
      submitterPodTemplate,
    ]) {
      expect(template.spec).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      });
      expect(template.spec.containers[0]).toMatchObject({
        imagePullPolicy: 'IfNotPresent',
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        },
      });
    }
  });

  it('submits with little, and nothing of the environment of training', () => {
    const { submitterPodTemplate } = renderRayJob(rayJobRequest()).spec;
    expect(submitterPodTemplate.spec).toMatchObject({
      restartPolicy: 'Never',
      containers: [
        {
          name: 'ray-job-submitter',
          image: 'localhost:7009/hello-ray:1.0.0',
          resources: { requests: { cpu: '100m', memory: '256Mi' } },
        },
      ],
    });
    expect(submitterPodTemplate.spec.containers[0]).not.toHaveProperty('env');
  });
});
