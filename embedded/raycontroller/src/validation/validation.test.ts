import type { RayCluster } from '../crd/rayCluster';
import type { RayJobSpec } from '../crd/rayJob';
import { changesOf, recording } from '../__testUtils__/recordings';
import { rayCluster, rayJob } from '../__testUtils__/objects';
import {
  rayClusterNameProblem,
  rayClusterUpgradeProblem,
} from './validateRayCluster';
import { rayJobProblem } from './validateRayJob';

const [workers] = rayCluster().spec.workerGroupSpecs ?? [];
const cluster = (spec: Partial<RayCluster['spec']>): RayJobSpec => ({
  rayClusterSpec: { ...rayCluster().spec, ...spec },
});
const rules = (
  ...deletionRules: NonNullable<
    NonNullable<RayJobSpec['deletionStrategy']>['deletionRules']
  >
) => ({
  deletionStrategy: { deletionRules },
});
const succeeded = (ttlSeconds: number) => ({
  jobStatus: 'SUCCEEDED' as const,
  ttlSeconds,
});

describe('KubeRay’s rules for a RayJob', () => {
  it('accept an ordinary one', () => {
    expect(rayJobProblem(rayJob())).toBeUndefined();
  });

  it('refuse the recorded one in the recorded words', () => {
    const jobs = changesOf(recording('invalid'), 'RayJob');
    const problem = rayJobProblem(jobs[0].object);
    expect(problem?.message).toBe(jobs.at(-1)?.object.status?.message);
    expect(problem?.reason).toBe(
      changesOf(recording('invalid'), 'Event')[0].object.reason,
    );
  });

  it.each<[string, RegExp]>([
    ['x'.repeat(48), /no more than 47 characters/],
    ['1job', /valid DNS1035 label: \[a DNS-1035 label must consist/],
    ['Job', /valid DNS1035 label/],
  ])('refuse the name %s', (name, message) => {
    const problem = rayJobProblem(rayJob({}, {}, name));
    expect(problem?.reason).toBe('InvalidRayJobMetadata');
    expect(problem?.message).toMatch(message);
  });

  it.each<[RayJobSpec, string]>([
    [
      { ttlSecondsAfterFinished: -1, shutdownAfterJobFinishes: true },
      'TTLSecondsAfterFinished must be a non-negative integer',
    ],
    [
      { ttlSecondsAfterFinished: 5 },
      'a RayJob with shutdownAfterJobFinishes set to false cannot have TTLSecondsAfterFinished',
    ],
    [
      {
        suspend: true,
        shutdownAfterJobFinishes: true,
        clusterSelector: { 'ray.io/cluster': 'a' },
      },
      "the ClusterSelector mode doesn't support the suspend operation",
    ],
    [
      { rayClusterSpec: undefined },
      'one of RayClusterSpec or ClusterSelector must be set',
    ],
    [
      { clusterSelector: { other: 'a' } },
      'cluster name in ClusterSelector should not be empty',
    ],
    [
      {
        clusterSelector: { 'ray.io/cluster': 'a' },
        submissionMode: 'SidecarMode',
      },
      'ClusterSelector is not supported in SidecarMode',
    ],
    [
      { clusterSelector: { 'ray.io/cluster': 'a' }, backoffLimit: 1 },
      'BackoffLimit is incompatible with ClusterSelector mode',
    ],
    [
      { submissionMode: 'InteractiveMode', backoffLimit: 1 },
      'BackoffLimit is incompatible with InteractiveMode',
    ],
    [
      { submissionMode: 'SidecarMode', submitterConfig: {} },
      "Currently, SidecarMode doesn't support SubmitterConfig",
    ],
    [
      {
        submissionMode: 'SidecarMode',
        submitterPodTemplate: { spec: { containers: [] } },
      },
      "Currently, SidecarMode doesn't support SubmitterPodTemplate",
    ],
    [
      { activeDeadlineSeconds: 0 },
      'activeDeadlineSeconds must be a positive integer',
    ],
    [
      { preRunningDeadlineSeconds: 0 },
      'preRunningDeadlineSeconds must be a positive integer',
    ],
    [{ backoffLimit: -1 }, 'backoffLimit must be a positive integer'],
    [{ runtimeEnvYAML: 'a: [' }, 'failed to unmarshal RuntimeEnvYAML'],
    [{ runtimeEnvYAML: 'only text' }, 'failed to unmarshal RuntimeEnvYAML'],
    [
      cluster({ authOptions: { enableK8sTokenAuth: true } }),
      'K8s token auth mode is currently not supported for RayJob',
    ],
    [
      cluster({ headGroupSpec: { template: { spec: { containers: [] } } } }),
      'The RayJob spec is invalid: headGroupSpec should have at least one container',
    ],
    [
      cluster({
        workerGroupSpecs: [{ ...workers, minReplicas: 2, maxReplicas: 1 }],
      }),
      'worker group workers has minReplicas 2 greater than maxReplicas 1',
    ],
    [
      cluster({ workerGroupSpecs: [{ ...workers, maxReplicas: undefined }] }),
      'must set both minReplicas and maxReplicas when autoscaling is disabled',
    ],
    [
      cluster({ workerGroupSpecs: [{ ...workers, minReplicas: -1 }] }),
      'has negative minReplicas -1',
    ],
    [
      cluster({
        workerGroupSpecs: [
          {
            ...workers,
            rayStartParams: { 'num-cpus': '1' },
            resources: { CPU: '1' },
          },
        ],
      }),
      'resource fields should not be set in both rayStartParams and Resources for workers group',
    ],
    [
      cluster({
        workerGroupSpecs: [{ ...workers, rayStartParams: { labels: 'a=b' } }],
      }),
      "rayStartParams['labels'] is not supported for workers group",
    ],
    [cluster({ tlsOptions: {} }), 'requires the RayClusterMTLS feature gate'],
    [
      { deletionStrategy: {} },
      'DeletionStrategy requires either BOTH onSuccess and onFailure, OR the deletionRules field',
    ],
    [
      { deletionStrategy: { onSuccess: { policy: 'DeleteNone' } } },
      'both DeletionStrategy.OnSuccess and DeletionStrategy.OnFailure must be set',
    ],
    [
      {
        ...rules({ policy: 'DeleteSelf', condition: succeeded(1) }),
        shutdownAfterJobFinishes: true,
      },
      'spec.shutdownAfterJobFinishes and spec.deletionStrategy.deletionRules are mutually exclusive',
    ],
    [
      rules({ policy: 'DeleteSelf', condition: {} }),
      'deletionRules[0]: exactly one of JobStatus and JobDeploymentStatus must be set',
    ],
    [
      rules(
        { policy: 'DeleteSelf', condition: succeeded(1) },
        { policy: 'DeleteSelf', condition: succeeded(2) },
      ),
      "deletionRules[1]: duplicate rule for DeletionPolicyType 'DeleteSelf' and JobStatus 'SUCCEEDED'",
    ],
    [
      rules(
        { policy: 'DeleteCluster', condition: succeeded(9) },
        { policy: 'DeleteSelf', condition: succeeded(2) },
      ),
      "for JobStatus 'SUCCEEDED': DeleteSelf TTL (2) must be >= DeleteCluster TTL (9)",
    ],
  ])('refuse %j', (spec, message) => {
    const problem = rayJobProblem(rayJob(spec));
    expect(problem?.reason).toBe('InvalidRayJobSpec');
    expect(problem?.message).toContain(message);
  });

  it('refuse a state that cannot be', () => {
    const problem = rayJobProblem(
      rayJob({}, { jobDeploymentStatus: 'Waiting' }),
    );
    expect(problem?.reason).toBe('InvalidRayJobStatus');
  });
});

describe('KubeRay’s rules for a RayCluster', () => {
  it('limit its name', () => {
    expect(rayClusterNameProblem('a'.repeat(53))).toBeUndefined();
    expect(rayClusterNameProblem('a'.repeat(54))).toMatch(/no more than 53/);
    expect(rayClusterNameProblem('a_b')).toMatch(/DNS1035/);
  });

  it('allow an upgrade strategy only to clusters that nobody made', () => {
    const own = rayCluster({ upgradeStrategy: { type: 'Recreate' } });
    expect(rayClusterUpgradeProblem(own)).toBeUndefined();
    const metadata = {
      ...own.metadata,
      labels: { 'ray.io/originated-from-crd': 'RayJob' },
    };
    expect(rayClusterUpgradeProblem({ ...own, metadata })).toBe(
      'upgradeStrategy cannot be set when RayCluster is created by RayJob',
    );
    expect(
      rayClusterUpgradeProblem(
        rayCluster({ upgradeStrategy: { type: 'Later' } }),
      ),
    ).toMatch(/valid options are Recreate or None/);
  });
});
