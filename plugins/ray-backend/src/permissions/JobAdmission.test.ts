import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { rayJobCreatePermission } from '@ml-platform/backstage-plugin-ray-common';
import {
  createRayJobConditionalDecision,
  rayJobConditions,
  rayJobRules,
} from '@ml-platform/backstage-plugin-ray-node';
import {
  DEFAULT_JOB_POLICY,
  type JobPolicy,
  type ObjectMeta,
  type RayJob,
} from '@ml-platform/rayjob';
import { Authorizer } from './Authorizer';
import { JobAdmission } from './JobAdmission';

const caller = mockCredentials.user('user:default/ada');

function job(metadata: Partial<ObjectMeta> = {}): RayJob {
  return {
    metadata: { name: 'j', namespace: 'training', ...metadata },
    spec: { entrypoint: 'python train.py' },
  };
}

function admission(
  options: {
    readonly decision?: PolicyDecision;
    readonly policy?: JobPolicy;
    readonly allowedMetadata?: readonly string[];
  } = {},
): JobAdmission {
  const { decision = { result: AuthorizeResult.ALLOW } } = options;
  const permissionsRegistry = mockServices.permissionsRegistry.mock({
    getPermissionRuleset: (() => ({
      getRuleByName: (name: string) =>
        Object.values(rayJobRules).find(rule => rule.name === name),
    })) as never,
  });
  return new JobAdmission({
    authorizer: new Authorizer({
      httpAuth: mockServices.httpAuth.mock(),
      permissions: mockServices.permissions.mock({
        authorizeConditional: async () => [decision],
      }),
      permissionsRegistry,
    }),
    namespacesOf: name => {
      if (name !== 'c') {
        throw new NotFoundError(`There is no cluster ${name}`);
      }
      return ['training', 'research'];
    },
    policyOf: async () => options.policy ?? DEFAULT_JOB_POLICY,
    allowedMetadata: options.allowedMetadata ?? [],
    jobsAt: () => [],
  });
}

const admit = (one: RayJob, options = {}, cluster = 'c') =>
  admission(options).admit({ cluster, job: one, caller });

describe('JobAdmission', () => {
  it("lets a job in under the caller's name, whoever it claims to be of", async () => {
    const admitted = await admit(
      job({
        labels: { team: 'vision', 'app.kubernetes.io/managed-by': 'Helm' },
        annotations: { 'ml-platform.dev/requester': 'user:default/eve' },
      }),
    );
    expect(admitted).toEqual({
      apiVersion: 'ray.io/v1',
      kind: 'RayJob',
      metadata: {
        name: 'j',
        namespace: 'training',
        labels: {
          team: 'vision',
          'app.kubernetes.io/managed-by': 'ml-platform',
        },
        annotations: { 'ml-platform.dev/requester': 'user:default/ada' },
      },
      spec: { entrypoint: 'python train.py' },
    });
  });

  it.each([
    ['cluster', rayJobConditions.inCluster({ clusters: ['c'] }), 'admitted'],
    [
      'cluster',
      rayJobConditions.inCluster({ clusters: ['d'] }),
      'ray.job.create',
    ],
    [
      'namespace',
      rayJobConditions.inNamespace({ namespaces: ['training'] }),
      'admitted',
    ],
    [
      'namespace',
      rayJobConditions.inNamespace({ namespaces: ['research'] }),
      'ray.job.create',
    ],
    [
      'workload',
      rayJobConditions.ofWorkload({ workloads: ['hello'] }),
      'admitted',
    ],
    [
      'workload',
      rayJobConditions.ofWorkload({ workloads: ['other'] }),
      'ray.job.create',
    ],
    [
      'owner',
      rayJobConditions.isOwner({ owners: ['user:default/ada'] }),
      'admitted',
    ],
    [
      'owner',
      rayJobConditions.isOwner({ owners: ['user:default/eve'] }),
      'ray.job.create',
    ],
  ])(
    'decides by the %s of the job as it would be',
    async (_, condition, expected) => {
      const decision = createRayJobConditionalDecision(
        rayJobCreatePermission,
        condition,
      );
      const one = job({
        labels: { 'app.kubernetes.io/name': 'hello' },
        annotations: { 'ml-platform.dev/requester': 'user:default/eve' },
      });
      const outcome = await admit(one, { decision }).then(
        () => 'admitted',
        error => error.message,
      );
      expect(outcome).toContain(expected);
    },
  );

  it('refuses a namespace that nobody watches, and names those that are', async () => {
    await expect(admit(job({ namespace: 'kube-system' }))).rejects.toThrow(
      "The portal doesn't watch the namespace kube-system on c; use one of training, research",
    );
    await expect(admit(job(), {}, 'd')).rejects.toThrow(
      'There is no cluster d',
    );
    await expect(admit(job({ namespace: '../x' }))).rejects.toThrow(
      'namespace',
    );
  });

  it.each<[string, object]>([
    ['finalizers', { finalizers: ['x/y'] }],
    ['ownerReferences', { ownerReferences: [{ kind: 'Pod', name: 'p' }] }],
    ['generateName', { generateName: 'x-' }],
    [
      'argocd.argoproj.io/tracking-id',
      { annotations: { 'argocd.argoproj.io/tracking-id': 'a' } },
    ],
    [
      'ml-platform.dev/gitops-path',
      { annotations: { 'ml-platform.dev/gitops-path': 'README.md' } },
    ],
    ['ml-platform.dev/task', { annotations: { 'ml-platform.dev/task': 't' } }],
    [
      'app.kubernetes.io/instance',
      { labels: { 'app.kubernetes.io/instance': 'argo-app' } },
    ],
    [
      'kustomize.toolkit.fluxcd.io/name',
      { labels: { 'kustomize.toolkit.fluxcd.io/name': 'a' } },
    ],
    ['ray.io/cluster', { labels: { 'ray.io/cluster': 'of-others' } }],
  ])('refuses %s and says so', async (name, metadata) => {
    await expect(admit(job(metadata))).rejects.toThrow(
      new RegExp(`Remove .*${name}`),
    );
  });

  it('leaves out what the API server and kubectl write on an object', async () => {
    const { metadata } = await admit(
      job({
        uid: 'u',
        resourceVersion: '1',
        generation: 2,
        creationTimestamp: '2026-11-23T21:06:21Z',
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': '{}',
        },
      }),
    );
    expect(Object.keys(metadata)).toEqual([
      'name',
      'namespace',
      'labels',
      'annotations',
    ]);
    expect(Object.keys(metadata.annotations ?? {})).toEqual([
      'ml-platform.dev/requester',
    ]);
  });

  it('takes the keys that the configuration allows', async () => {
    const allowedMetadata = ['example.com/', 'exact.dev/key'];
    const labels = { 'example.com/team': 'a', 'exact.dev/key': 'b' };
    const { metadata } = await admit(job({ labels }), { allowedMetadata });
    expect(metadata.labels).toMatchObject(labels);
    await expect(
      admit(job({ labels: { 'exact.dev/key2': 'b' } }), { allowedMetadata }),
    ).rejects.toThrow('exact.dev/key2');
  });

  it('says all that the policy finds wrong', async () => {
    const containers = [{ name: 'ray', securityContext: { privileged: true } }];
    const spec = { hostNetwork: true, containers };
    const rayClusterSpec = { headGroupSpec: { template: { spec } } };
    const result = admit({ ...job(), spec: { rayClusterSpec } });
    await expect(result).rejects.toThrow('runs privileged');
    await expect(result).rejects.toThrow("uses the node's network");
  });

  it('knows no other policy than the one of the configuration', async () => {
    const policy: JobPolicy = {
      podSecurity: 'baseline',
      limits: { workers: 1 },
    };
    const workerGroupSpecs = [{ groupName: 'w', replicas: 2 }];
    const spec = { rayClusterSpec: { workerGroupSpecs } };
    await expect(admit({ ...job(), spec }, { policy })).rejects.toThrow(
      '2 workers',
    );
  });

  it('refuses what is no RayJob', async () => {
    const spec = JSON.parse('{"rayClusterSpec": {"workerGroupSpecs": "many"}}');
    await expect(admit({ ...job(), spec })).rejects.toThrow(
      'spec.rayClusterSpec.workerGroupSpecs',
    );
  });
});
