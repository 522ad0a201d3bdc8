import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { KubeClient, PODS, type KubeObject } from '@ml-platform/kube';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { FakeRegistry } from '../__testUtils__/FakeRegistry';
import { packContext } from '../context/packContext';
import { followBuild } from '../followBuild';
import type { ImageBuildRequest } from '../ImageBuilder';
import { RegistryClient } from '../registry/RegistryClient';
import { BUILD_WAITING } from './buildJob';
import { BuildJobs } from './BuildJobs';
import { CONFIG_MAPS, JOBS, type BuildJob } from './buildJobTypes';
import { KubernetesBuilder } from './KubernetesBuilder';
import { readKubernetesSettings } from './kubernetesSettings';

const CONTENT = 'dev.ml-platform.content-digest';
const SOURCE = {
  repository: 'https://git.example.com/o/r',
  commit: 'a'.repeat(40),
  path: 'workloads/a',
};

describe('KubernetesBuilder', () => {
  const disk = createMockDirectory();
  let api: FakeKubeApi;
  let registry: FakeRegistry;
  const opened: KubernetesBuilder[] = [];

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    registry = await FakeRegistry.start();
    disk.setContent({ context: { Dockerfile: 'FROM ray' } });
  });
  afterEach(async () => {
    opened.splice(0).forEach(builder => builder.close());
    await Promise.all([api.close(), registry.stop()]);
  });

  /** One process of several that know of each other only through the cluster. */
  const open = (settings: object = {}) => {
    const builder = new KubernetesBuilder({
      client: new KubeClient({ access: api.access() }),
      settings: readKubernetesSettings({
        namespace: 'builds',
        image: 'r.example.com/builder:1',
        ...settings,
      }),
      registry: `${registry.host}/team`,
      images: new RegistryClient({ env: { HOME: disk.path } }),
      timeoutSeconds: 600,
      pollMs: 5,
    });
    opened.push(builder);
    return builder;
  };
  const start = async (
    builder = open(),
    request: Partial<ImageBuildRequest> = {},
  ) => {
    const contextFile = disk.resolve('context.tar');
    await packContext({
      root: disk.resolve('context'),
      dockerfile: 'Dockerfile',
      target: contextFile,
    });
    return builder.start({
      image: 'a',
      version: '1',
      dockerfile: 'Dockerfile',
      contextFile,
      ...request,
    });
  };

  const jobs = () =>
    api.collection(JOBS).list('builds', new URLSearchParams())
      .items as unknown as BuildJob[];
  const onlyJob = () => {
    const [job, ...others] = jobs();
    expect(others).toEqual([]);
    return job;
  };
  const maps = () =>
    api.collection(CONFIG_MAPS).list('builds', new URLSearchParams())
      .items as unknown as {
      metadata: { name: string; ownerReferences: { uid: string }[] };
      binaryData: Record<string, string>;
    }[];
  /** What the pod of a Job mounts, unpacked, and whose it is. */
  const mounted = (job: BuildJob) => {
    const spec = JSON.stringify(job.spec.template);
    const parts = maps().filter(({ metadata }) =>
      spec.includes(`"configMap":{"name":"${metadata.name}"}`),
    );
    const packed = parts.flatMap(({ binaryData }) =>
      Object.values(binaryData).map(part => Buffer.from(part, 'base64')),
    );
    return {
      files: gunzipSync(Buffer.concat(packed)).toString(),
      owners: parts.flatMap(({ metadata }) =>
        metadata.ownerReferences.map(({ uid }) => uid),
      ),
    };
  };
  const put = (resource: typeof JOBS, object: object) =>
    api.put(resource, object as KubeObject);
  /** What the cluster's own controller writes. */
  const end = (type: 'Complete' | 'Failed', reason?: string) => {
    const completionTime = '2026-11-29T00:01:00Z';
    put(JOBS, {
      ...onlyJob(),
      status: {
        startTime: '2026-11-29T00:00:00Z',
        completionTime,
        conditions: [{ type, status: 'True', reason }],
      },
    });
  };
  const pod = (
    name: string,
    status: object,
    createdAt = '2026-11-29T00:00:00Z',
  ) =>
    put(PODS, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace: 'builds',
        uid: `uid-${name}`,
        creationTimestamp: createdAt,
        labels: { 'batch.kubernetes.io/job-name': onlyJob().metadata.name },
      },
      spec: { restartPolicy: 'Never' },
      status,
    });
  const ended = (exitCode: number, terminated: object = {}) => ({
    phase: exitCode === 0 ? 'Succeeded' : 'Failed',
    containerStatuses: [
      { name: 'build', state: { terminated: { exitCode, ...terminated } } },
    ],
  });
  /** The registry has what the Job was to push. */
  const push = () => {
    const { annotations = {} } = onlyJob().metadata;
    return registry.put('team/a', '1', {
      labels: { [CONTENT]: annotations['ml-platform.dev/content-digest'] },
      layers: [40, 2],
    });
  };

  it('makes a Job with the context and no more rights than it needs', async () => {
    const build = await start(
      open({ registrySecret: 'push', cache: 'r/cache' }),
      {
        labels: { x: 'y; rm -rf /' },
      },
    );
    expect(build).toMatchObject({
      state: 'queued',
      image: `${registry.host}/team/a:1`,
    });
    const { spec, metadata } = onlyJob();
    expect(spec).toMatchObject({ suspend: false, activeDeadlineSeconds: 600 });
    const pods = JSON.stringify(spec.template);
    expect(pods).toContain('"--cache-from","r/cache","--cache-to","r/cache"');
    expect(pods).toContain('"--label","x=y; rm -rf /"');
    expect(pods).toContain('"automountServiceAccountToken":false');
    expect(pods).toContain('"drop":["ALL"]');
    expect(pods).toContain('"allowPrivilegeEscalation":false');
    expect(pods).toContain('{"secretName":"push"}');
    const [part] = maps();
    expect(part).toMatchObject({
      metadata: {
        name: expect.stringMatching(
          new RegExp(`^${metadata.name}-[0-9a-f]{20}-[0-9a-f]{12}-0$`),
        ),
        ownerReferences: [{ kind: 'Job', name: metadata.name }],
      },
      immutable: true,
      binaryData: { 'part-000': expect.any(String) },
    });
  });

  it('lets the pod fetch a commit, where git is set up', async () => {
    await start(open({ git: { secret: 'git-read' } }), { source: SOURCE });
    const pods = JSON.stringify(onlyJob().spec.template);
    expect(pods).toContain(
      '{"name":"GIT_REPOSITORY","value":"https://git.example.com/o/r"}',
    );
    expect(pods).toContain('{"name":"CONTEXT_PATH","value":"workloads/a"}');
    expect(pods).toContain('{"secretName":"git-read"}');
    expect(maps()).toEqual([]);
  });

  it('refuses a context that is too large to take along', async () => {
    disk.addContent({
      'context/data': randomBytes(12 * 1024 ** 2).toString('base64'),
    });
    await expect(start()).rejects.toThrow(
      'leave data out with a .dockerignore',
    );
    expect(jobs()).toEqual([]);
  });

  it('is followed to its end, also by a process that began later', async () => {
    const { id } = await start();
    pod('p', {
      phase: 'Running',
      containerStatuses: [{ name: 'build', state: { running: {} } }],
    });
    const log = api.log('builds', 'p', 'build');
    log.append('2026-11-29T00:00:01.000000000Z', 'STEP 1/1: FROM ray');
    const lines: string[] = [];
    const following = followBuild({
      builder: open(),
      id,
      onLine: line => lines.push(line),
      pollMs: 5,
    });
    while (lines.length === 0) await new Promise(r => setTimeout(r, 5));
    log.append('2026-11-29T00:00:02.000000000Z', 'Pushed');
    const digest = push();
    pod('p', ended(0));
    log.end();
    end('Complete');
    await expect(following).resolves.toEqual({
      id,
      state: 'succeeded',
      image: `${registry.host}/team/a:1`,
      reused: false,
      digest,
      size: 42,
      startedAt: '2026-11-29T00:00:00Z',
      endedAt: '2026-11-29T00:01:00Z',
    });
    expect(lines).toEqual(['STEP 1/1: FROM ray', 'Pushed']);
  });

  it('goes on with the pod that takes the place of a lost one', async () => {
    const { id } = await start();
    for (const name of ['p1', 'p2']) {
      pod(
        name,
        ended(name === 'p1' ? 137 : 0),
        `2026-11-29T00:00:0${name.slice(1)}Z`,
      );
      const log = api.log('builds', name, 'build');
      log.append('2026-11-29T00:00:01.000000000Z', `of ${name}`);
      log.end();
    }
    push();
    end('Complete');
    const lines: string[] = [];
    await followBuild({
      builder: open(),
      id,
      onLine: line => lines.push(line),
      pollMs: 5,
    });
    expect(lines).toEqual([
      'of p1',
      'The pod of the build was lost; another one takes over',
      'of p2',
    ]);
  });

  it('is one build, however many start it at the same time', async () => {
    const builds = await Promise.all([start(), start(), start()]);
    expect(new Set(builds.map(({ id }) => id)).size).toBe(1);
    expect(onlyJob().spec.suspend).toBe(false);
    await expect(start()).resolves.toMatchObject({ state: 'running' });
  });

  it('refuses other content while it builds, and afterwards', async () => {
    await start();
    disk.addContent({ 'context/Dockerfile': 'FROM other' });
    await expect(start()).rejects.toThrow('is being built from other content');
    push();
    end('Complete');
    await expect(start()).rejects.toThrow(
      'was built before from other content',
    );
    await expect(start()).rejects.toThrow('for example to 2');
    expect(jobs()).toHaveLength(1);
  });

  it('reuses a version of the same content, without a Job', async () => {
    const { id } = await start();
    const digest = push();
    api.collection(JOBS).delete(`builds/${onlyJob().metadata.name}`);
    await expect(start()).resolves.toEqual({
      id,
      image: `${registry.host}/team/a:1`,
      state: 'succeeded',
      reused: true,
      digest,
      size: 42,
    });
    expect(jobs()).toEqual([]);
  });

  it('takes up a Job whose submitter came no further', async () => {
    await start();
    const job = onlyJob();
    put(JOBS, { ...job, spec: { ...job.spec, suspend: true } });
    await start();
    expect(onlyJob().spec.suspend).toBe(false);
  });

  it('builds again after a failure', async () => {
    const first = await start();
    end('Failed', 'PodFailurePolicy');
    const second = await start();
    expect(second).toEqual({ ...first, state: 'queued' });
    expect(onlyJob().status).toBeUndefined();
  });

  it('builds corrected code after a failure, whatever is left of that', async () => {
    await start();
    end('Failed', 'PodFailurePolicy');
    const failed = onlyJob();
    // Nothing collects its ConfigMaps here, as nothing may have yet in a cluster.
    disk.addContent({ 'context/Dockerfile': 'FROM corrected' });
    await start();
    const { uid } = onlyJob().metadata;
    expect(uid).not.toBe(failed.metadata.uid);
    const { files, owners } = mounted(onlyJob());
    expect(files).toContain('FROM corrected');
    expect(owners).toEqual([uid]);
  });

  describe('that is being submitted', () => {
    const MINUTE = 60_000;
    /** The Job of a submitter who came no further, for so long. */
    const submitted = async (age: number, version = '1') => {
      const { id } = await start(open(), { version });
      const [job] = jobs().slice(-1);
      const createdAt = new Date(Date.now() - age).toISOString();
      put(JOBS, {
        ...job,
        metadata: {
          ...job.metadata,
          creationTimestamp: createdAt,
          labels: { [BUILD_WAITING]: 'true' },
        },
        spec: { ...job.spec, suspend: true },
      });
      return { id, job: jobs().slice(-1)[0] };
    };
    /** Does something just before a start hands its context in. */
    const whileSubmitting = (work: () => void) => {
      let done = false;
      api.answer = path => {
        if (path.endsWith('/configmaps') && !done) {
          done = true;
          work();
        }
        return undefined;
      };
    };
    const remove = () =>
      api.collection(JOBS).delete(`builds/${onlyJob().metadata.name}`);

    it('is left to its submitter by others', async () => {
      const { job } = await submitted(0);
      disk.addContent({ 'context/Dockerfile': 'FROM other' });
      await expect(start()).rejects.toThrow(
        'is being built from other content',
      );
      expect(onlyJob()).toEqual(job);
    });

    it('makes room once its submitter is gone, who touches no other', async () => {
      const { job } = await submitted(5 * MINUTE);
      disk.addContent({ 'context/Dockerfile': 'FROM other' });
      await expect(start()).resolves.toMatchObject({ state: 'queued' });
      const next = onlyJob();
      expect(next.metadata.uid).not.toBe(job.metadata.uid);
      const client = new KubeClient({ access: api.access() });
      const late = new BuildJobs({ client, namespace: 'builds', pollMs: 5 });
      await expect(late.begin(job, [])).resolves.toBe(false);
      await expect(late.remove(job)).resolves.toBe(false);
      client.close();
      expect(onlyJob()).toEqual(next);
    });

    it('goes with the next start of any version, if it was left', async () => {
      await submitted(5 * MINUTE, '2');
      await submitted(0, '3');
      await start();
      const images = jobs().map(
        ({ metadata }) => metadata.annotations?.['ml-platform.dev/image'],
      );
      expect(images).toEqual([
        `${registry.host}/team/a:3`,
        `${registry.host}/team/a:1`,
      ]);
    });

    it('is not taken for another that took its place', async () => {
      disk.addContent({ 'context/Dockerfile': 'FROM other' });
      await start();
      const other = onlyJob();
      remove();
      disk.addContent({ 'context/Dockerfile': 'FROM ray' });
      whileSubmitting(() => {
        remove();
        put(JOBS, {
          ...other,
          metadata: { ...other.metadata, uid: 'another' },
          spec: { ...other.spec, suspend: true },
        });
      });
      await expect(start()).rejects.toThrow(
        'is being built from other content',
      );
      expect(onlyJob().spec.suspend).toBe(true);
    });

    it('says that it was cancelled meanwhile', async () => {
      whileSubmitting(remove);
      await expect(start()).rejects.toThrow('was cancelled before it began');
      expect(jobs()).toEqual([]);
    });

    it('is replaced where it was to get its context in another way', async () => {
      await submitted(0);
      const git = open({ git: {} });
      await start(git, { source: SOURCE });
      expect(onlyJob().spec.suspend).toBe(false);
      const pods = JSON.stringify(onlyJob().spec.template);
      expect(pods).toContain('GIT_REPOSITORY');
      expect(pods).not.toContain('configMap');
    });
  });

  it.each<[string, object | undefined, string, string]>([
    [
      'a step that fails',
      ended(11, {
        message: 'STEP 2/2: RUN make\nno rule\nbuildah ended with code 2\n',
      }),
      'PodFailurePolicy',
      'buildah build failed:\nSTEP 2/2: RUN make\nno rule\nbuildah ended with code 2',
    ],
    [
      'a full disk',
      ended(11, { message: 'write /x: no space left on device' }),
      'PodFailurePolicy',
      'The disk is full: make the image smaller, or raise ephemeral-storage',
    ],
    [
      'a full registry',
      ended(12, {
        message:
          'uploading layer: received unexpected HTTP status: 507 Insufficient Storage',
      }),
      'PodFailurePolicy',
      'The registry is full',
    ],
    [
      'a full registry that says why',
      ended(12, {
        message:
          'unknown: unknown error: write /var/lib/registry/x: no space left on device',
      }),
      'PodFailurePolicy',
      'The registry is full',
    ],
    [
      'a push that is refused',
      ended(12, { message: 'unauthorized: authentication required' }),
      'PodFailurePolicy',
      'refuses the push: give its pods the right by ray.builder.kubernetes.registrySecret',
    ],
    [
      'a registry that does not say what it has',
      ended(13, { message: 'received unexpected HTTP status: 500' }),
      'PodFailurePolicy',
      "couldn't be asked whether the version is there",
    ],
    [
      'a registry that is down',
      ended(12, { message: 'dial tcp: connection refused' }),
      'PodFailurePolicy',
      "Couldn't reach the registry",
    ],
    [
      'a pod without memory',
      ended(137, { reason: 'OOMKilled' }),
      'BackoffLimitExceeded',
      'ran out of memory',
    ],
    [
      'an eviction',
      {
        phase: 'Failed',
        reason: 'Evicted',
        message: 'Pod ephemeral local storage usage exceeds',
      },
      'BackoffLimitExceeded',
      'ephemeral local storage usage exceeds. If its disk was full',
    ],
    [
      'too long a time',
      undefined,
      'DeadlineExceeded',
      'took longer than 10 minutes',
    ],
    ['pods that are gone', undefined, 'BackoffLimitExceeded', 'were lost'],
  ])('tells %s', async (_, status, reason, sentence) => {
    const { id } = await start();
    if (status) pod('p', status);
    end('Failed', reason);
    const build = await open().get(id);
    expect(build.state).toBe('failed');
    expect(build.error).toContain(sentence);
  });

  it('believes the registry, not the Job', async () => {
    const { id } = await start();
    end('Complete');
    await expect(open().get(id)).resolves.toMatchObject({
      state: 'failed',
      error: expect.stringContaining("isn't in the registry"),
    });
    registry.put('team/a', '1', { labels: { [CONTENT]: 'sha256:other' } });
    await expect(open().get(id)).resolves.toMatchObject({
      state: 'failed',
      error: expect.stringContaining('from other content'),
    });
  });

  it.each([500, 507])(
    'starts nothing while the registry answers %i, and knows no end',
    async status => {
      registry.fault = status;
      await expect(start()).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringContaining(`answered ${status}`),
      });
      expect(jobs()).toEqual([]);
      registry.fault = undefined;
      const { id } = await start();
      registry.fault = status;
      // What is on its way needs no registry.
      await expect(start()).resolves.toMatchObject({ id, state: 'running' });
      const digest = push();
      end('Complete');
      await expect(open().get(id)).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
      });
      registry.fault = undefined;
      await expect(open().get(id)).resolves.toMatchObject({
        state: 'succeeded',
        digest,
      });
    },
  );

  it('goes on after an eviction, to one image', async () => {
    const { id } = await start();
    pod('p1', { phase: 'Failed', reason: 'Evicted' }, '2026-11-29T00:00:01Z');
    await expect(open().get(id)).resolves.toMatchObject({ state: 'queued' });
    const running = [{ name: 'build', state: { running: {} } }];
    pod(
      'p2',
      { phase: 'Running', containerStatuses: running },
      '2026-11-29T00:00:02Z',
    );
    await expect(open().get(id)).resolves.toMatchObject({ state: 'running' });
    await expect(start()).resolves.toMatchObject({ id, state: 'running' });
    const digest = push();
    pod('p2', ended(0), '2026-11-29T00:00:02Z');
    end('Complete');
    await expect(open().get(id)).resolves.toMatchObject({
      state: 'succeeded',
      digest,
    });
    expect(jobs()).toHaveLength(1);
  });

  describe('cancels', () => {
    /** Lets the Job's controller end it once it's told to. */
    const cancelled = async (id: string) => {
      const cancelling = open().cancel(id);
      while (onlyJob().spec.activeDeadlineSeconds !== 1)
        await new Promise(r => setTimeout(r, 5));
      end('Failed', 'DeadlineExceeded');
      await cancelling;
    };
    const CANCELLED = { state: 'failed', error: 'The build was cancelled' };

    it.each<[string, object | undefined]>([
      ['that has no pod yet', undefined],
      ['whose pod waits', { phase: 'Pending' }],
      ['whose pod was evicted', { phase: 'Failed', reason: 'Evicted' }],
      ['whose pod has just ended', ended(0)],
    ])('a build %s', async (_, status) => {
      const { id } = await start();
      if (status) pod('p', status);
      await cancelled(id);
      await expect(open().get(id)).resolves.toMatchObject(CANCELLED);
      await expect(start()).resolves.toMatchObject({ id, state: 'queued' });
    });

    it('a build that is being submitted, which leaves nothing', async () => {
      const { id } = await start();
      put(JOBS, { ...onlyJob(), spec: { ...onlyJob().spec, suspend: true } });
      await open().cancel(id);
      expect(jobs()).toEqual([]);
      await expect(open().cancel(id)).rejects.toThrow("doesn't exist");
    });

    it('a build that begins at that moment', async () => {
      const { id } = await start();
      const { spec } = onlyJob();
      put(JOBS, { ...onlyJob(), spec: { ...spec, suspend: true } });
      let looks = 0;
      api.answer = path => {
        if (path.includes('/jobs/')) looks += 1;
        if (looks === 2) {
          put(JOBS, { ...onlyJob(), spec: { ...spec, suspend: false } });
        }
        return undefined;
      };
      await cancelled(id);
      await expect(open().get(id)).resolves.toMatchObject(CANCELLED);
    });

    it.each(['Complete', 'Failed'] as const)(
      'no build that has ended: %s',
      async type => {
        const { id } = await start();
        push();
        end(type, 'PodFailurePolicy');
        const before = onlyJob();
        await open().cancel(id);
        expect(onlyJob()).toEqual(before);
      },
    );
  });

  it('cancels, and keeps the Job as the record of it', async () => {
    const { id } = await start();
    pod('p', { phase: 'Running' });
    const cancelling = open().cancel(id);
    while (onlyJob().spec.activeDeadlineSeconds !== 1)
      await new Promise(r => setTimeout(r, 5));
    end('Failed', 'DeadlineExceeded');
    await cancelling;
    await expect(open().get(id)).resolves.toMatchObject({
      state: 'failed',
      error: 'The build was cancelled',
    });
    await open().cancel(id);
    await expect(open().cancel('nothing')).rejects.toThrow("doesn't exist");
  });

  it.each([{ push: false }, { platform: 'linux/arm64' }])(
    'refuses %j',
    async request => {
      await expect(start(open(), request)).rejects.toThrow(
        'choose a builder on this machine',
      );
    },
  );
});
