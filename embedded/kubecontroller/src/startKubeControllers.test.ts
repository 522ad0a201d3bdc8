import {
  startTestApiServer,
  type TestApiServer,
} from '@ml-platform/embedded-apiserver/testUtils';
import { KubeClient, kubeConfigAccess } from '@ml-platform/kube';
import {
  KubeApi,
  kinds,
  type EndpointSlice,
  type KubeObject,
  type Pod,
  PORTS_ANNOTATION,
  type Job,
} from '@ml-platform/embedded-controller-runtime';
import { eventually } from '@ml-platform/embedded-controller-runtime/testUtils';
import { startKubeControllers } from './startKubeControllers';

jest.setTimeout(60_000);

const namespace = 'default';
const silent = () => {};
const logger = { debug: silent, info: silent, warn: silent, error: silent };

describe('startKubeControllers', () => {
  let server: TestApiServer;
  let client: KubeClient;
  let api: KubeApi;
  let done: Promise<void>;
  const abort = new AbortController();

  beforeAll(async () => {
    server = await startTestApiServer();
    client = new KubeClient({ access: kubeConfigAccess(server.kubeConfig) });
    api = new KubeApi({ client });
    ({ done } = startKubeControllers({
      kubeConfig: server.kubeConfig,
      logger,
      signal: abort.signal,
    }));
  });

  afterAll(async () => {
    abort.abort();
    await done;
    client.close();
    await server.close();
  });

  const createJob = (name: string, spec: object = {}) =>
    api.create<Job>(kinds.jobs, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, namespace },
      ...{
        spec: {
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [{ name: 'main', image: 'x:1' }],
            },
          },
          ...spec,
        },
      },
    });
  const podsOf = (job: string) =>
    api.list<Pod>(kinds.pods, {
      namespace,
      labelSelector: `batch.kubernetes.io/job-name=${job}`,
    });
  const firstPod = (job: string) =>
    eventually(async () => (await podsOf(job))[0]);
  const jobUntil = (name: string, what: (job: Job) => unknown) =>
    eventually(async () => {
      const job = await api.get<Job>(kinds.jobs, { namespace, name });
      return what(job) ? job : undefined;
    });
  const setPhase = (pod: Pod, phase: string) =>
    api.patch(
      kinds.pods,
      { namespace, name: pod.metadata.name },
      { status: { phase } },
      'status',
    );
  const eventsOf = async (name: string) => {
    const events = await api.list<
      KubeObject & { reason: string; message: string }
    >(kinds.events, {
      namespace,
      fieldSelector: `involvedObject.name=${name}`,
    });
    return events.map(({ reason, message }) => `${reason} ${message}`).sort();
  };

  it('completes a job when its pod has succeeded', async () => {
    const { metadata } = await createJob('good');
    const pod = await firstPod('good');
    expect(pod.metadata.name).toMatch(/^good-[a-z0-9]{5}$/);
    expect(pod.metadata.labels).toMatchObject({
      'batch.kubernetes.io/controller-uid': metadata.uid,
      'batch.kubernetes.io/job-name': 'good',
      'controller-uid': metadata.uid,
      'job-name': 'good',
    });
    expect(pod.metadata.ownerReferences).toEqual([
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        name: 'good',
        uid: metadata.uid,
        controller: true,
        blockOwnerDeletion: true,
      },
    ]);
    const running = await jobUntil('good', job => job.status?.active === 1);
    expect(running.status?.startTime).toBeDefined();

    await setPhase(pod, 'Succeeded');
    const job = await jobUntil('good', each => each.status?.completionTime);
    expect(job.status).toMatchObject({
      succeeded: 1,
      ready: 0,
      uncountedTerminatedPods: {},
      conditions: [
        {
          type: 'SuccessCriteriaMet',
          status: 'True',
          reason: 'CompletionsReached',
          message: 'Reached expected number of succeeded pods',
        },
        { type: 'Complete', status: 'True', reason: 'CompletionsReached' },
      ],
    });
    expect(job.status?.active).toBeUndefined();
    const [left] = await podsOf('good');
    expect(left.metadata.finalizers ?? []).toEqual([]);
    expect(
      await eventually(async () => {
        const events = await eventsOf('good');
        return events.length === 2 && events;
      }),
    ).toEqual([
      'Completed Job completed',
      `SuccessfulCreate Created pod: ${pod.metadata.name}`,
    ]);
  });

  it('fails a job beyond its backoff limit', async () => {
    await createJob('bad', { backoffLimit: 0 });
    await setPhase(await firstPod('bad'), 'Failed');
    const job = await jobUntil('bad', each => each.status?.conditions?.length);
    expect(
      (await jobUntil('bad', each => each.status?.failed)).status,
    ).toMatchObject({
      failed: 1,
      conditions: [
        { type: 'FailureTarget', reason: 'BackoffLimitExceeded' },
        {
          type: 'Failed',
          reason: 'BackoffLimitExceeded',
          message: 'Job has reached the specified backoff limit',
        },
      ],
    });
    expect(job.status?.completionTime).toBeUndefined();
    expect(await podsOf('bad')).toHaveLength(1);
  });

  it('ends a job at its deadline and deletes its pod', async () => {
    await createJob('late', { activeDeadlineSeconds: 1 });
    await firstPod('late');
    const job = await jobUntil('late', each =>
      each.status?.conditions?.some(({ type }) => type === 'Failed'),
    );
    expect(job.status?.conditions?.at(-1)).toMatchObject({
      reason: 'DeadlineExceeded',
      message: 'Job was active longer than specified deadline',
    });
    await eventually(async () => (await podsOf('late')).length === 0);
  });

  it('tells where a service is, with the local ports of its pods', async () => {
    await api.create(kinds.pods, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'web',
        namespace,
        labels: { app: 'web' },
        annotations: { [PORTS_ANNOTATION]: '{"8265":20123}' },
      },
      ...{
        spec: {
          containers: [
            {
              name: 'main',
              image: 'x:1',
              ports: [{ name: 'dash', containerPort: 8265 }],
            },
          ],
        },
      },
    });
    await api.create(kinds.services, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace },
      ...{
        spec: {
          selector: { app: 'web' },
          ports: [
            { name: 'dashboard', port: 80, targetPort: 'dash' },
            { name: 'other', port: 9000 },
          ],
        },
      },
    });
    await api.patch(
      kinds.pods,
      { namespace, name: 'web' },
      {
        status: {
          phase: 'Running',
          podIP: '127.0.0.1',
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      },
      'status',
    );
    const slice = await eventually(async () => {
      const slices = await api.list<EndpointSlice>(kinds.endpointSlices, {
        namespace,
        labelSelector: 'kubernetes.io/service-name=web',
      });
      return slices.find(each => each.endpoints?.length);
    });
    expect(slice.ports).toMatchObject([
      { name: 'dashboard', port: 20123 },
      { name: 'other', port: 9000 },
    ]);
    expect(slice.endpoints).toMatchObject([
      {
        addresses: ['127.0.0.1'],
        conditions: { ready: true, terminating: false },
        targetRef: { kind: 'Pod', name: 'web' },
      },
    ]);
    const endpoints = await eventually(async () => {
      const found = await api.find<KubeObject & { subsets?: object[] }>(
        kinds.endpoints,
        { namespace, name: 'web' },
      );
      return found?.subsets?.length ? found : undefined;
    });
    expect(endpoints.subsets).toMatchObject([
      { addresses: [{ ip: '127.0.0.1' }], ports: [{ port: 20123 }, {}] },
    ]);
  });

  it('removes what a deleted object owned, and what that owned', async () => {
    const owner = await api.create<KubeObject>(
      kinds.configMaps,
      configMap('owner'),
    );
    const child = await api.create<KubeObject>(
      kinds.configMaps,
      configMap('child', owner),
    );
    await api.create(kinds.configMaps, configMap('grandchild', child));
    await api.remove(kinds.configMaps, owner, {
      propagationPolicy: 'Background',
    });
    const gone = await eventually(
      async () =>
        !(await api.find(kinds.configMaps, { namespace, name: 'grandchild' })),
    );
    expect(gone).toBe(true);
  });

  it('keeps an owner that is deleted in the foreground until the last', async () => {
    const owner = await api.create<KubeObject>(
      kinds.configMaps,
      configMap('front'),
    );
    await api.create(kinds.configMaps, {
      ...configMap('held', owner),
      metadata: {
        ...configMap('held', owner).metadata,
        finalizers: ['example.com/hold'],
      },
    });
    await api.remove(kinds.configMaps, owner, {
      propagationPolicy: 'Foreground',
    });
    await eventually(async () => {
      const held = await api.find<KubeObject>(kinds.configMaps, {
        namespace,
        name: 'held',
      });
      return held?.metadata.deletionTimestamp;
    });
    expect(
      await api.find(kinds.configMaps, { namespace, name: 'front' }),
    ).toBeDefined();
    await api.patch(
      kinds.configMaps,
      { namespace, name: 'held' },
      { metadata: { finalizers: [] } },
    );
    await eventually(
      async () =>
        !(await api.find(kinds.configMaps, { namespace, name: 'front' })),
    );
  });

  it('gives a new namespace its service account', async () => {
    await api.create(kinds.namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'fresh' },
    });
    const account = await eventually(() =>
      api.find<KubeObject>(kinds.serviceAccounts, {
        namespace: 'fresh',
        name: 'default',
      }),
    );
    expect(account.metadata.name).toBe('default');
  });
});

function configMap(name: string, owner?: KubeObject) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace,
      ...(owner
        ? {
            ownerReferences: [
              {
                apiVersion: 'v1',
                kind: 'ConfigMap',
                name: owner.metadata.name,
                uid: owner.metadata.uid,
                blockOwnerDeletion: true,
              },
            ],
          }
        : {}),
    },
  };
}
