import { mockServices } from '@backstage/backend-test-utils';
import { KubeClient, type KubeObject } from '@ml-platform/kube';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { LiveJobs } from '../clusters/LiveJobs';
import { JobIndex } from '../jobs/JobIndex';
import { JobQueues } from './JobQueues';
import { kueueLocalQueues, kueueWorkloads } from './kueueApi';
import { KueueWatcher, type KueueWatcherOptions } from './KueueWatcher';
import {
  ADMITTED,
  aLocalQueue,
  aQueuedJob,
  aWorkloadOf,
} from '../__testUtils__/testQueues';

const WORKLOADS = kueueWorkloads('v1beta2');
const LOCAL_QUEUES = kueueLocalQueues('v1beta2');
const DISCOVERY = {
  resources: [{ name: 'workloads' }, { name: 'localqueues' }],
};

describe('KueueWatcher', () => {
  const logger = mockServices.logger.mock();
  let api: FakeKubeApi;
  let client: KubeClient;
  let index: JobIndex;
  let jobs: LiveJobs;
  let stop: AbortController;
  let done: Promise<void>;
  /** The version of Kueue's API that the cluster serves, if any. */
  let served: string | undefined;
  let forbidden: boolean;

  function start(options: Partial<KueueWatcherOptions> = {}) {
    const queues = new JobQueues({
      onChange: keys => jobs.showAll(keys),
      wholeCluster: options.namespaces === undefined,
      gatherMs: 1,
      restMs: 1,
    });
    jobs = new LiveJobs({
      cluster: 'gpu-cluster',
      index,
      queues,
      clock: () => new Date(),
    });
    const watcher = new KueueWatcher({
      client,
      cluster: 'gpu-cluster',
      queues,
      logger,
      lookEvery: { min: 10, max: 20 },
      backoff: { min: 10, max: 20 },
      ...options,
    });
    done = watcher.run(stop.signal);
  }

  const put = (resource: typeof WORKLOADS, object: KubeObject) =>
    api.put(resource, object);

  function putJob(name: string) {
    jobs.putJob(`training/${name}`, aQueuedJob(name));
  }

  const row = (name: string) =>
    index.get({ cluster: 'gpu-cluster', namespace: 'training', name });

  const warnings = () => logger.warn.mock.calls.map(([text]) => text);

  beforeEach(async () => {
    jest.clearAllMocks();
    served = 'v1beta2';
    forbidden = false;
    api = await FakeKubeApi.start();
    api.answer = path => {
      if (!path.startsWith('/apis/kueue.x-k8s.io/')) {
        return undefined;
      }
      const version = path.split('/')[3];
      if (version !== served) {
        return { code: 404, body: { message: 'could not find the resource' } };
      }
      if (path.endsWith(`/${version}`)) {
        return { code: 200, body: DISCOVERY };
      }
      return forbidden
        ? {
            code: 403,
            body: { message: 'workloads is forbidden for "reader"' },
          }
        : undefined;
    };
    client = new KubeClient({ access: api.access(), timeoutMs: 300 });
    index = new JobIndex();
    stop = new AbortController();
  });

  afterEach(async () => {
    stop.abort();
    await done;
    client.close();
    await api.close();
  });

  it('shows queue and position of the jobs that wait, and of no others', async () => {
    put(LOCAL_QUEUES, aLocalQueue());
    put(WORKLOADS, aWorkloadOf('first', { minute: 0 }));
    put(WORKLOADS, aWorkloadOf('second', { minute: 1 }));
    start();
    putJob('first');
    putJob('second');
    await until(() => row('second')?.queue?.position === 2);
    expect(row('second')).toMatchObject({
      state: 'queued',
      message: 'Position 2 in training-queue (cluster queue gpu)',
      queue: { name: 'training-queue', clusterQueue: 'gpu', position: 2 },
    });
    put(WORKLOADS, aWorkloadOf('first', { minute: 0, status: ADMITTED }));
    await until(() => row('second')?.queue?.position === 1);
    expect(row('first')).toMatchObject({ reason: 'Admitted' });
    expect(row('first')?.queue?.position).toBeUndefined();
  });

  it('publishes only rows that say something else than before', async () => {
    put(LOCAL_QUEUES, aLocalQueue());
    ['a', 'b', 'c'].forEach((job, minute) => {
      put(WORKLOADS, aWorkloadOf(job, { minute }));
    });
    start();
    ['a', 'b', 'c'].forEach(putJob);
    await until(() => row('c')?.queue?.position === 3);
    const changed: string[] = [];
    index.subscribe(({ after }) => changed.push(after?.name ?? ''));
    put(LOCAL_QUEUES, { ...aLocalQueue(), metadata: aLocalQueue().metadata });
    put(WORKLOADS, aWorkloadOf('b', { minute: 1, status: ADMITTED }));
    await until(() => row('c')?.queue?.position === 2);
    expect(changed.sort()).toEqual(['b', 'c']);
  });

  it('says where Kueue is not installed, without an error, and finds it later', async () => {
    served = undefined;
    start();
    putJob('a');
    await until(() => row('a')?.reason === 'KueueNotInstalled');
    expect(warnings()).toEqual([]);
    put(LOCAL_QUEUES, aLocalQueue());
    put(WORKLOADS, aWorkloadOf('a'));
    served = 'v1beta2';
    await until(() => row('a')?.queue?.position === 1);
    expect(logger.info).toHaveBeenCalledWith(
      'gpu-cluster: reads queues from Kueue (v1beta2)',
    );
  });

  it('reads the older version where that is what a cluster serves', async () => {
    served = 'v1beta1';
    put(LOCAL_QUEUES, aLocalQueue());
    put(WORKLOADS, aWorkloadOf('a'));
    start();
    putJob('a');
    await until(() => row('a')?.queue?.position === 1);
    expect(api.requests.some(line => line.includes('v1beta2/work'))).toBe(
      false,
    );
    served = 'v1beta2';
    api.dropConnections();
    await until(() =>
      api.requests.some(line => line.includes('v1beta2/workloads')),
    );
    await until(() => row('a')?.queue?.position === 1);
    expect(warnings()).toEqual([]);
  });

  it('forgets the queues when Kueue is taken away, and takes them up again', async () => {
    put(LOCAL_QUEUES, aLocalQueue());
    put(WORKLOADS, aWorkloadOf('a'));
    start();
    putJob('a');
    await until(() => row('a')?.queue?.position === 1);
    served = undefined;
    api.dropConnections();
    await until(() => row('a')?.reason === 'KueueNotInstalled');
    expect(warnings()).toEqual([]);
    expect(row('a')?.queue).toEqual({ name: 'training-queue' });
    served = 'v1beta2';
    await until(() => row('a')?.queue?.position === 1);
  });

  it('says once that the reader may not read, and goes on when it may', async () => {
    forbidden = true;
    put(LOCAL_QUEUES, aLocalQueue());
    put(WORKLOADS, aWorkloadOf('a'));
    start();
    putJob('a');
    const asked = () =>
      api.requests.filter(line => line.includes('/workloads')).length;
    await until(() => asked() > 3);
    expect(warnings()).toEqual([
      'gpu-cluster: queues can\'t be read: workloads is forbidden for "reader"',
    ]);
    expect(row('a')).toMatchObject({
      state: 'queued',
      message: 'Waits in the queue training-queue',
    });
    forbidden = false;
    await until(() => row('a')?.queue?.position === 1);
  });

  it('keeps what it knows while the cluster can not be reached', async () => {
    put(LOCAL_QUEUES, aLocalQueue());
    put(WORKLOADS, aWorkloadOf('a'));
    start();
    putJob('a');
    await until(() => row('a')?.queue?.position === 1);
    api.fault = { type: 'status', code: 503, message: 'starting' };
    api.dropConnections();
    const asked = api.requests.length;
    await until(() => api.requests.length > asked + 3);
    expect(row('a')?.queue?.position).toBe(1);
    put(WORKLOADS, aWorkloadOf('earlier', { minute: -5 }));
    api.fault = undefined;
    await until(() => row('a')?.queue?.position === 2);
  });

  it('watches only the namespaces that it is to, and tells no position then', async () => {
    put(LOCAL_QUEUES, aLocalQueue());
    put(WORKLOADS, aWorkloadOf('a'));
    start({ namespaces: ['training'] });
    putJob('a');
    await until(() => row('a')?.queue?.clusterQueue === 'gpu');
    expect(row('a')).toMatchObject({
      message: 'Waits in training-queue (cluster queue gpu)',
    });
    expect(row('a')?.queue?.position).toBeUndefined();
    const paths = api.requests.filter(line => line.includes('watch=true'));
    expect(paths.every(line => line.includes('/namespaces/training/'))).toBe(
      true,
    );
  });
});
