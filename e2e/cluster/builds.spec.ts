import { randomUUID } from 'node:crypto';
import { appendFile, cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { RegistryClient } from '@ml-platform/images';
import { ROOT } from '../support/runPlatform';
import { Terminal } from '../support/Terminal';
import { Admin, type AdminPod } from './support/Admin';
import { Portal } from './support/Portal';
import { BUILDS } from './support/prepareBuilds';
import { rayJob } from './support/rayJob';
import { PORTAL_PORT, readTarget } from './support/target';

const target = readTarget();
const { builds } = target;
// One at a time: the whole image is copied with each build, and a pod is looked for.
test.describe.configure({ mode: 'default', timeout: 10 * 60_000 });

const admin = new Admin(target);
const { registry = '' } = builds ?? {};
const images = new RegistryClient({
  env: process.env,
  plainHttp: [registry.split('/')[0]],
});
let home: string;

/**
 * A folder with the files of a workload, and a Dockerfile for this cluster's Ray image.
 * @param first - a step before the files of the workload come
 */
async function workload(
  steps: readonly string[] = [],
  first: readonly string[] = [],
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'built-'));
  await cp(join(ROOT, 'workloads/hello-ray'), folder, { recursive: true });
  await writeFile(
    join(folder, 'Dockerfile'),
    [
      `FROM ${registry}/${target.image.split('/').slice(1).join('/')}`,
      ...first,
      'WORKDIR /home/ray/hello-ray',
      'COPY . .',
      ...steps,
      'CMD ["python", "train.py"]',
      '',
    ].join('\n'),
  );
  return folder;
}

/** Types `ml-platform build` for the portal. */
function build(
  name: string,
  version: string,
  folder: string,
  ...args: string[]
) {
  const terminal = new Terminal({ cwd: folder, env: { HOME: home } });
  return terminal.start(
    'build',
    name,
    version,
    '--context-dir',
    folder,
    '--portal',
    `http://localhost:${PORTAL_PORT}`,
    ...args,
  );
}

async function runningPod(): Promise<AdminPod> {
  for (;;) {
    const pods = await admin.pods(BUILDS);
    const pod = pods.find(({ status }) => status?.phase === 'Running');
    if (pod) return pod;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

test.beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'built-home-'));
});

test('an image is built in the cluster, and runs there; its version never changes', async () => {
  const folder = await workload();
  const building = build('hello-ray', '1.0.0', folder, '-o', 'json');
  const { code, stdout, stderr } = await building.ended;
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('STEP 3/');
  const built = JSON.parse(stdout);
  const ref = `${registry}/hello-ray:1.0.0`;
  expect(built).toMatchObject({ image: ref, builder: 'portal', reused: false });
  const image = await images.image(ref);
  expect(image).toMatchObject({
    digest: built.digest,
    labels: { 'dev.ml-platform.requester': 'user:default/guest' },
  });

  const again = await build('hello-ray', '1.0.0', folder, '-o', 'json').ended;
  expect(JSON.parse(again.stdout)).toMatchObject({
    digest: built.digest,
    reused: true,
  });
  const other = await build(
    'hello-ray',
    '1.0.0',
    await workload(['ENV OTHER=1']),
  ).ended;
  expect(other.code).toBe(4);
  expect(other.stderr).toContain('for example to 1.0.1');
  await expect(images.digest(ref)).resolves.toBe(built.digest);

  const portal = await Portal.signIn();
  const job = rayJob({
    name: 'built-here',
    code: 'print(open("/home/ray/hello-ray/train.py").read()[:1] and "from the image")',
    image: `${ref}@${built.digest}`,
  });
  await portal.submit(job);
  await portal.untilState('built-here', 'succeeded');
  const { lines } = await portal.readLog('built-here');
  expect(lines).toContain('from the image');
});

test('a step that fails is named, with its line and what it said', async () => {
  const folder = await workload(['RUN echo "no such thing" && exit 3']);
  const { code, stderr } = await build('failing', '1', folder).ended;
  expect(code).toBe(1);
  expect(stderr).toContain('Dockerfile:4: RUN echo "no such thing" && exit 3');
  await expect(images.tags(`${registry}/failing`)).resolves.toEqual([]);
});

test('a step that has not changed comes from the cache', async () => {
  // Nobody has built this step before, whatever an earlier run left in the registry.
  const step = `RUN echo ${randomUUID()} > /tmp/once`;
  const folder = await workload([], [step]);
  const first = await build('cached', randomUUID(), folder).ended;
  expect(first.code, first.stderr).toBe(0);
  expect(first.stderr).not.toContain('Cache pulled from remote');
  await appendFile(join(folder, 'Dockerfile'), 'ENV OTHER=1\n');
  const second = await build('cached', randomUUID(), folder).ended;
  expect(second.code, second.stderr).toBe(0);
  expect(second.stderr).toContain(`Cache pulled from remote ${registry}/cache`);
});

test('a full disk is named', async () => {
  const folder = await workload(['RUN cat /dev/zero > /dev/full']);
  const { code, stderr } = await build('full', '1', folder).ended;
  expect(code).toBe(1);
  expect(stderr).toContain('The disk is full');
});

test('another pod takes the place of one that is lost, and there is one image', async () => {
  const folder = await workload(['RUN sleep 5']);
  const building = build('lost', '1', folder, '-o', 'json');
  await building.says(/STEP 1\//);
  await admin.deletePod(BUILDS, (await runningPod()).metadata.name);
  const { code, stdout, stderr } = await building.ended;
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('another one takes over');
  await expect(images.tags(`${registry}/lost`)).resolves.toEqual(['1']);
  await expect(images.digest(`${registry}/lost:1`)).resolves.toBe(
    JSON.parse(stdout).digest,
  );
});

test('a build goes on without its command, and ends where it is cancelled', async () => {
  const folder = await workload(['RUN sleep 600']);
  const detached = await build('left', '1', folder, '--detach', '-o', 'json')
    .ended;
  const { id, ended } = JSON.parse(detached.stdout);
  expect(ended).toBe(false);
  await runningPod();
  const terminal = new Terminal({ cwd: folder, env: { HOME: home } });
  const portal = ['--portal', `http://localhost:${PORTAL_PORT}`];
  const cancelled = await terminal.run('build', '--cancel', id, ...portal);
  expect(cancelled.stderr).toContain('was cancelled');
  await expect
    .poll(async () => {
      const pods = await admin.pods(BUILDS);
      return pods.filter(({ status }) => status?.phase === 'Running').length;
    })
    .toBe(0);
  await expect(images.tags(`${registry}/left`)).resolves.toEqual([]);
});
