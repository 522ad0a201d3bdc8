import {
  startTestApiServer,
  TestApiServer,
} from '../__testUtils__/TestApiServer';

const JOBS = '/apis/ray.io/v1/namespaces/default/rayjobs';
const template = {
  spec: {
    containers: [
      { name: 'ray-head', image: 'ray', ports: [{ containerPort: 8265 }] },
    ],
  },
};

describe('RayJobs and their schema', () => {
  let server: TestApiServer;
  let count = 0;

  beforeAll(async () => {
    server = await startTestApiServer();
  });

  afterAll(() => server.close());

  const create = (spec: object, query = '') => {
    count += 1;
    return server.request('POST', `${JOBS}${query}`, {
      body: {
        apiVersion: 'ray.io/v1',
        kind: 'RayJob',
        metadata: { name: `job-${count}` },
        spec,
      },
    });
  };

  it('get the defaults of the CRD, and lose fields that it does not have', async () => {
    const answer = await create({
      entrypoint: 'python a.py',
      unknown: 1,
      rayClusterSpec: {
        headGroupSpec: { template },
        workerGroupSpecs: [{ groupName: 'w', template }],
      },
    });
    expect(answer.json().spec).toEqual({
      entrypoint: 'python a.py',
      backoffLimit: 0,
      submissionMode: 'K8sJobMode',
      ttlSecondsAfterFinished: 0,
      rayClusterSpec: {
        headGroupSpec: {
          template: {
            spec: {
              containers: [
                {
                  name: 'ray-head',
                  image: 'ray',
                  ports: [{ containerPort: 8265, protocol: 'TCP' }],
                },
              ],
            },
          },
        },
        workerGroupSpecs: [
          expect.objectContaining({
            groupName: 'w',
            replicas: 0,
            minReplicas: 0,
            maxReplicas: 2147483647,
            numOfHosts: 1,
          }),
        ],
      },
    });
    expect(answer.headers.warning).toBe(
      '299 - "unknown field \\"spec.unknown\\""',
    );
  });

  it('refuse unknown fields to those who want them refused', async () => {
    const answer = await create(
      { rayClusterSpec: { headGroupSpec: { template, tmplate: 1 } } },
      '?fieldValidation=Strict',
    );
    expect(answer.json()).toMatchObject({
      code: 400,
      reason: 'BadRequest',
      message:
        'RayJob in version "v1" cannot be handled as a RayJob: strict decoding error: unknown field "spec.rayClusterSpec.headGroupSpec.tmplate"',
    });
  });

  it.each([
    [
      'a wrong type',
      { backoffLimit: 'three' },
      'spec.backoffLimit: Invalid value: "string": spec.backoffLimit in body must be of type integer: "string"',
    ],
    [
      'a missing field',
      { rayClusterSpec: { workerGroupSpecs: [] } },
      'spec.rayClusterSpec.headGroupSpec: Required value',
    ],
    [
      'a value out of range',
      { preRunningDeadlineSeconds: 0 },
      'spec.preRunningDeadlineSeconds: Invalid value: 0: spec.preRunningDeadlineSeconds in body should be greater than or equal to 1',
    ],
    [
      'a value that is none of the possible ones',
      {
        rayClusterSpec: {
          headGroupSpec: { template },
          upgradeStrategy: { type: 'Sometimes' },
        },
      },
      'spec.rayClusterSpec.upgradeStrategy.type: Unsupported value: "Sometimes": supported values: "Recreate", "None"',
    ],
    [
      'a broken rule',
      { deletionStrategy: { onSuccess: { policy: 'DeleteSelf' } } },
      'spec.deletionStrategy: Invalid value: "object": deletionStrategy requires either BOTH onSuccess and onFailure, OR the deletionRules field (cannot be empty)',
    ],
    [
      'another manager than the known ones',
      { managedBy: 'me' },
      `spec.managedBy: Invalid value: "me": the managedBy field value must be either 'ray.io/kuberay-operator' or 'kueue.x-k8s.io/multikueue'`,
    ],
  ])('are refused for %s', async (_what, spec, message) => {
    const answer = await create(spec);
    expect(answer.status).toBe(422);
    expect(answer.json()).toMatchObject({
      reason: 'Invalid',
      message: `RayJob.ray.io "job-${count}" is invalid: ${message}`,
      details: { group: 'ray.io', kind: 'RayJob' },
    });
  });

  it('are not refused for what KubeRay itself judges', async () => {
    const answer = await create({ ttlSecondsAfterFinished: -1 });
    expect(answer.status).toBe(201);
  });

  it('keep what the rules call immutable', async () => {
    const made = await create({ managedBy: 'ray.io/kuberay-operator' });
    const { name } = made.json().metadata;
    const answer = await server.request('PATCH', `${JOBS}/${name}`, {
      body: { spec: { managedBy: 'kueue.x-k8s.io/multikueue' } },
      contentType: 'application/merge-patch+json',
    });
    expect(answer.json().message).toContain('the managedBy field is immutable');
  });

  it('take no strategic merge patch, as no custom resource does', async () => {
    const made = await create({});
    const answer = await server.request(
      'PATCH',
      `${JOBS}/${made.json().metadata.name}`,
      { body: {}, contentType: 'application/strategic-merge-patch+json' },
    );
    expect(answer.json()).toMatchObject({
      code: 415,
      reason: 'UnsupportedMediaType',
    });
  });
});
