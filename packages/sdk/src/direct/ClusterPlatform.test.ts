import { RAYJOBS } from '@ml-platform/rayjob';
import type { RayJob } from '@ml-platform/rayjob';
import { createClusterAccess, KubeClient, PODS } from '@ml-platform/kube';
import { FakeKubeApi, rayAnswer } from '@ml-platform/kube/testUtils';
import type { JobLogEvent } from '../platform/jobLog';
import { ClusterPlatform } from './ClusterPlatform';

const REF = { cluster: 'c', namespace: 'training', name: 'hello-1' };

function job(more: Partial<RayJob> = {}) {
  return {
    metadata: { name: REF.name, namespace: REF.namespace },
    spec: { entrypoint: 'python hello.py', shutdownAfterJobFinishes: true },
    ...more,
  };
}

const running = {
  jobDeploymentStatus: 'Running',
  jobStatus: 'RUNNING',
  jobId: 'hello-1-abcde',
  rayClusterName: 'hello-1-x',
  dashboardURL: 'hello-1-x-head-svc.training.svc.cluster.local:8265',
};

describe('ClusterPlatform', () => {
  let api: FakeKubeApi;
  let platform: ClusterPlatform;
  let stop: AbortController;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    const access = createClusterAccess({
      name: 'c',
      url: api.url,
      auth: { type: 'token', token: 'secret' },
    });
    platform = new ClusterPlatform({
      title: 'c',
      clusters: [{ name: 'c', client: new KubeClient({ access }) }],
      requester: 'user:default/ada',
      status: async () => ({ clusters: [] }),
    });
    stop = new AbortController();
  });

  afterEach(async () => {
    stop.abort();
    platform.close();
    await api.close();
  });

  async function log(follow: boolean, onWait = () => {}) {
    const texts: string[] = [];
    const waits: string[] = [];
    const stream = platform.readLog(REF, {
      signal: stop.signal,
      follow,
    });
    const take = (event: JobLogEvent) => {
      if (event.type === 'lines') {
        texts.push(...event.lines.map(({ text }) => text));
      } else if (event.type === 'waiting') {
        waits.push(event.message);
        onWait();
      }
    };
    for (;;) {
      const next = await stream.next();
      if (next.done) {
        return { texts, waits, end: next.value.reason };
      }
      take(next.value);
    }
  }

  function pod(name: string, labels: object, container: string) {
    const object = {
      metadata: { name, namespace: REF.namespace, labels },
      spec: { containers: [{ name: container }] },
      status: {
        phase: 'Succeeded',
        containerStatuses: [
          { name: container, state: { terminated: { exitCode: 0 } } },
        ],
      },
    };
    api.put(PODS, object);
    const written = api.log(REF.namespace, name, container);
    written.append('2026-11-23T21:06:46.000000001Z', `written by ${name}`);
    written.end();
  }

  it('submits, lists, and refuses a bad name before the cluster does', async () => {
    await platform.submit({ job: job() });
    await expect(platform.submit({ job: job() })).rejects.toMatchObject({
      name: 'ConflictError',
    });
    await expect(
      platform.submit({ job: { metadata: { name: 'Hello', namespace: 'n' } } }),
    ).rejects.toThrow('Use lowercase letters');
    const { items } = await platform.listJobs({});
    expect(items.map(({ name }) => name)).toEqual(['hello-1']);
    expect(await platform.listJobs({ state: ['failed'] })).toEqual({
      items: [],
      clusters: [{ name: 'c', ok: true }],
    });
    await platform.delete(REF);
    await expect(platform.getJob(REF)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('stops a running entrypoint through Ray, and an early one by suspending', async () => {
    const asked: string[] = [];
    api.proxy = (path, method) => {
      asked.push(`${method} ${path}`);
      return { stopped: true };
    };
    api.put(RAYJOBS, job({ status: running }));
    await platform.stop(REF);
    expect(asked).toEqual(['POST /api/jobs/hello-1-abcde/stop']);
    api.put(RAYJOBS, job({ status: { jobDeploymentStatus: 'Initializing' } }));
    await platform.stop(REF);
    expect(await platform.jobManifest(REF)).toContain('suspend: true');
    const key = `${REF.namespace}/${REF.name}`;
    const suspended = {
      ...job(),
      ...api.collection(RAYJOBS).get(key),
      status: { jobDeploymentStatus: 'Suspended' },
    };
    api.put(RAYJOBS, suspended);
    await expect(platform.stop(REF)).rejects.toThrow('has ended (stopped)');
    api.put(
      RAYJOBS,
      job({
        status: { jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' },
      }),
    );
    await expect(platform.stop(REF)).rejects.toThrow('has ended (succeeded)');
  });

  const complete = {
    ...running,
    jobDeploymentStatus: 'Complete',
    jobStatus: 'SUCCEEDED',
  };

  it("reads the driver's log from the submitter's pod", async () => {
    api.put(RAYJOBS, job({ status: complete }));
    pod(
      'hello-1-s',
      { 'ray.io/originated-from-cr-name': 'hello-1' },
      'ray-job-submitter',
    );
    expect(await log(true)).toMatchObject({
      texts: ['written by hello-1-s'],
      end: 'completed',
    });
  });

  it('reads it from beside the head in SidecarMode', async () => {
    api.put(
      RAYJOBS,
      job({ spec: { submissionMode: 'SidecarMode' }, status: complete }),
    );
    pod(
      'hello-1-x-head',
      { 'ray.io/cluster': 'hello-1-x', 'ray.io/node-type': 'head' },
      'ray-job-submitter',
    );
    expect((await log(true)).texts).toEqual(['written by hello-1-x-head']);
  });

  it("reads it from Ray's Job API in HTTPMode, each line once", async () => {
    const put = (status: object) =>
      api.put(RAYJOBS, job({ spec: { submissionMode: 'HTTPMode' }, status }));
    put(running);
    const files = ['one\ntw', 'one\ntwo\n', 'one\ntwo\nthree'];
    api.answer = (path, query) =>
      rayAnswer(path, query, () => {
        const logs = files[0];
        if (path.endsWith('/stream')) {
          files.shift();
          if (files.length === 1) {
            // KubeRay sees it a while after Ray has said so.
            setTimeout(put, 50, complete);
          }
        }
        return { status: files.length > 1 ? 'RUNNING' : 'SUCCEEDED', logs };
      });
    expect(await log(true)).toEqual({
      texts: ['one', 'two', 'three'],
      waits: [],
      end: 'completed',
    });
  });

  it('waits for a job that has not started, saying why', async () => {
    api.put(RAYJOBS, job({ status: { jobDeploymentStatus: 'Initializing' } }));
    const start = () => {
      api.put(RAYJOBS, job({ status: complete }));
      pod(
        'hello-1-s',
        { 'ray.io/originated-from-cr-name': 'hello-1' },
        'ray-job-submitter',
      );
    };
    expect(await log(true, start)).toMatchObject({
      waits: ['The Ray cluster is starting'],
      texts: ['written by hello-1-s'],
    });
  });

  it('watches one job without reading the others', async () => {
    api.put(RAYJOBS, job({ status: running }));
    api.put(RAYJOBS, {
      ...job(),
      metadata: { name: 'other', namespace: REF.namespace },
    });
    const changes = platform.watchJobs(
      { namespace: [REF.namespace] },
      { signal: stop.signal, name: REF.name },
    );
    const { value } = await changes.next();
    expect(value).toMatchObject({ type: 'snapshot' });
    const asked = api.requests.filter(path => path.includes('/rayjobs'));
    expect(asked.length).toBeGreaterThan(0);
    for (const path of asked) {
      expect(decodeURIComponent(path)).toContain(
        `fieldSelector=metadata.name=${REF.name}`,
      );
    }
  });

  it('names the clusters when asked for another', async () => {
    await expect(platform.getJob({ ...REF, cluster: 'x' })).rejects.toThrow(
      'There is no cluster x; use one of c',
    );
  });
});
