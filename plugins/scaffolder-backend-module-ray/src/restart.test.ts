import { createMockDirectory } from '@backstage/backend-test-utils';
import { ScaffolderRig } from './__testUtils__/ScaffolderRig';

const VALUES = {
  workload: 'component:default/hello-ray',
  size: 'small',
  cluster: 'workload-cluster',
  namespace: 'training',
  ttl: 300,
  deadline: 86_400,
};

describe('a task whose portal is restarted', () => {
  // The scaffolder looks for interrupted tasks every ten seconds.
  jest.setTimeout(60_000);
  const disk = createMockDirectory();
  let rig: ScaffolderRig;

  beforeAll(async () => {
    disk.setContent({ workload: { Dockerfile: 'FROM ray\n' }, work: {} });
    rig = await ScaffolderRig.start(disk.path);
  });

  afterEach(() => {
    rig.github.onRequest = () => {};
    rig.builds.looks = 3;
  });

  afterAll(() => rig?.stop());

  const starts = () =>
    rig.builds.requests.filter(line => line.startsWith('POST'));

  /** Waits until the service has been asked for the state of a build. */
  async function untilFollowed() {
    while (!rig.builds.requests.at(-1)?.startsWith('GET')) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  it('follows the same build to its end, and asks for one run', async () => {
    rig.builds.looks = Infinity;
    const { body: task } = await rig.create('create-training-job', {
      ...VALUES,
      version: '1.0.0',
    });
    await untilFollowed();
    await rig.restart();
    rig.builds.looks = 1;
    const { output } = await rig.finish(task.id);
    expect(output.links[0].url).toBe(`${rig.github.repoUrl}/pull/1`);
    expect(starts()).toHaveLength(1);
    expect(rig.builds.pushed).toEqual([`${rig.registry.host}/hello-ray:1.0.0`]);
    expect(rig.github.repository.pulls).toHaveLength(1);
  });

  it('finds the pull request that it had just opened', async () => {
    let restarted: Promise<void> | undefined;
    rig.github.onRequest = line => {
      if (line.startsWith('POST') && line.endsWith('/pulls')) {
        restarted ??= rig.restart();
      }
    };
    const { body: task } = await rig.create('create-training-job', {
      ...VALUES,
      version: '1.0.0',
    });
    while (!restarted) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    await restarted;
    const { output } = await rig.finish(task.id);
    expect(output.links[0].url).toBe(`${rig.github.repoUrl}/pull/2`);
    expect(rig.github.repository.pulls).toHaveLength(2);
    expect(rig.github.repository.refs.size).toBe(3);
  });

  it('still cancels its build', async () => {
    rig.builds.looks = Infinity;
    const { body: task } = await rig.create('create-training-job', {
      ...VALUES,
      version: '2.0.0',
    });
    await untilFollowed();
    await rig.restart();
    rig.builds.requests.length = 0;
    await untilFollowed();
    await rig.call(`tasks/${task.id}/cancel`, {});
    await expect(rig.finish(task.id)).resolves.toMatchObject({
      error: { message: 'The task was cancelled' },
    });
    expect([...rig.builds.builds.values()].at(-1)?.cancelled).toBe(true);
    expect(rig.github.repository.pulls).toHaveLength(2);
  });
});
