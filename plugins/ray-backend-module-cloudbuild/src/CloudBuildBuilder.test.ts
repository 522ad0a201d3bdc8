import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CloudBuildClient } from '@google-cloud/cloudbuild';
import { Storage } from '@google-cloud/storage';
import {
  followBuild,
  packContext,
  RegistryClient,
  type ImageBuildRequest,
} from '@ml-platform/images';
import { FakeRegistry } from '@ml-platform/images/testUtils';
import { PassThroughClient } from 'google-auth-library';
import { FakeCloudBuild } from './__testUtils__/FakeCloudBuild';
import { BuildBucket } from './BuildBucket';
import { CloudBuildBuilder } from './CloudBuildBuilder';

const CONTENT = 'dev.ml-platform.content-digest';

// The library gets its own fetch by a dynamic import, which Jest does not run.
Object.defineProperty(globalThis, 'window', {
  value: { fetch: (...request: Parameters<typeof fetch>) => fetch(...request) },
});

describe('Cloud Build', () => {
  let dir: string;
  let google: FakeCloudBuild;
  let registry: FakeRegistry;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'cloud-build-'));
    await mkdir(join(dir, 'context'));
    await writeFile(join(dir, 'context/Dockerfile'), 'FROM ray');
    google = await FakeCloudBuild.start();
    registry = await FakeRegistry.start();
  });
  afterEach(async () => {
    await Promise.all([google.stop(), registry.stop()]);
    await rm(dir, { recursive: true });
  });

  /** One process of several that know of each other only through Cloud Build. */
  const open = (cache?: string) =>
    new CloudBuildBuilder({
      client: new CloudBuildClient({
        apiEndpoint: '127.0.0.1',
        port: google.port,
        protocol: 'http',
        fallback: 'rest',
        projectId: 'my-project',
        authClient: new PassThroughClient(),
      }),
      bucket: new BuildBucket(
        new Storage({
          apiEndpoint: `http://127.0.0.1:${google.port}`,
          projectId: 'my-project',
          retryOptions: { autoRetry: false },
        }).bucket('builds'),
      ),
      config: {
        project: 'my-project',
        region: 'europe-west3',
        bucket: 'builds',
        serviceAccount: 'builder@my-project.iam.gserviceaccount.com',
        cache,
      },
      registry: `${registry.host}/images`,
      images: new RegistryClient({ env: { HOME: dir } }),
      timeoutSeconds: 600,
    });
  const start = async (
    builder = open(),
    request: Partial<ImageBuildRequest> = {},
  ) => {
    const contextFile = join(dir, 'context.tar');
    await packContext({
      root: join(dir, 'context'),
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
  const onlyBuild = () => {
    const [build, ...others] = google.builds.values();
    expect(others).toEqual([]);
    return build;
  };
  /** The registry has what the build was to push. */
  const push = () => {
    const { args } = onlyBuild().steps[0];
    const label = args.find(arg => arg.startsWith(CONTENT)) ?? '';
    return registry.put('images/a', '1', {
      labels: { [CONTENT]: label.split('=')[1] },
    });
  };

  it('builds from the bucket, as its own account, and escapes what it is given', async () => {
    const build = await start(open('r.example.com/cache'), {
      labels: { x: 'costs $HOME' },
    });
    expect(build).toMatchObject({
      state: 'queued',
      image: `${registry.host}/images/a:1`,
    });
    const request = onlyBuild();
    expect(request).toMatchObject({
      logsBucket: 'gs://builds/logs',
      // GCS_ONLY, by its number.
      options: { logging: 2 },
      serviceAccount:
        'projects/my-project/serviceAccounts/builder@my-project.iam.gserviceaccount.com',
      timeout: '600s',
    });
    const [step] = request.steps;
    expect(step.args).toContain('x=costs $$HOME');
    expect(step.args[1]).toContain('--file "$$DOCKERFILE"');
    expect(step.args).toContain(
      'type=registry,ref=r.example.com/cache,mode=max',
    );
    const { object } = request.source.storageSource;
    const packed = google.objects.get(object) ?? Buffer.alloc(0);
    expect(gunzipSync(packed).toString()).toContain('FROM ray');
  });

  it('is followed to its end, also by a process that began later', async () => {
    const { id } = await start();
    const lines: string[] = [];
    const following = followBuild({
      builder: open(),
      id,
      onLine: line => lines.push(line),
      pollMs: 5,
    });
    google.change({ status: 'WORKING', startTime: '2026-11-29T00:00:00Z' });
    const log = `logs/log-${id}.txt`;
    google.objects.set(log, Buffer.from('#1 [1/1] FROM ray\n#1 DO'));
    while (lines.length === 0) await new Promise(r => setTimeout(r, 5));
    google.objects.set(log, Buffer.from('#1 [1/1] FROM ray\n#1 DONE 0.1s\n'));
    const digest = push();
    google.change({ status: 'SUCCESS', finishTime: '2026-11-29T00:01:00Z' });
    await expect(following).resolves.toEqual({
      id,
      image: `${registry.host}/images/a:1`,
      state: 'succeeded',
      reused: false,
      digest,
      size: 1,
      startedAt: '2026-11-29T00:00:00.000Z',
      endedAt: '2026-11-29T00:01:00.000Z',
    });
    expect(lines).toEqual(['#1 [1/1] FROM ray', '#1 DONE 0.1s']);
  });

  it('is one build, however often it is started', async () => {
    const first = await start();
    await expect(start()).resolves.toEqual(first);
    const raced = await Promise.all([start(), start()]);
    expect(raced).toEqual([first, first]);
    expect(google.builds.size).toBe(1);
  });

  it('reuses and refuses versions as every builder does', async () => {
    await start();
    await writeFile(join(dir, 'context/Dockerfile'), 'FROM other');
    await expect(start()).rejects.toThrow('is being built from other content');
    const digest = push();
    google.change({ status: 'SUCCESS' });
    await expect(start()).rejects.toThrow('for example to 2');
    await writeFile(join(dir, 'context/Dockerfile'), 'FROM ray');
    await expect(start()).resolves.toMatchObject({
      state: 'succeeded',
      reused: true,
      digest,
    });
    expect(google.builds.size).toBe(1);
  });

  it('cancels', async () => {
    const { id } = await start();
    await open().cancel(id);
    await expect(open().get(id)).resolves.toMatchObject({
      state: 'failed',
      error: 'The build was cancelled',
    });
  });

  it.each([
    [{ status: 'TIMEOUT' }, 'took longer than it may'],
    [{ status: 'EXPIRED' }, 'waited too long'],
    [{ status: 'FAILURE', statusDetail: 'step 0 failed' }, 'step 0 failed'],
    [
      { status: 'FAILURE', steps: [{ args: [], env: [], exitCode: 13 }] },
      "couldn't be asked whether the version is there",
    ],
    [{ status: 'INTERNAL_ERROR' }, 'as INTERNAL_ERROR'],
    [{ status: 'SUCCESS' }, "isn't in the registry"],
  ])('tells %j', async (changes, sentence) => {
    const { id } = await start();
    google.change(changes);
    const build = await open().get(id);
    expect(build.state).toBe('failed');
    expect(build.error).toContain(sentence);
  });

  it('says what to do when Google refuses, or knows no such build', async () => {
    google.fault = { code: 403, status: 'PERMISSION_DENIED', message: 'no' };
    await expect(start()).rejects.toThrow('roles/cloudbuild.builds.editor');
    google.fault = undefined;
    await expect(
      open().get('00000000-0000-4000-8000-000000000000'),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(open().get('../x')).rejects.toThrow("doesn't exist");
  });
});
