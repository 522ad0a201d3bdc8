import { createMockDirectory } from '@backstage/backend-test-utils';
import { ScaffolderRig } from './__testUtils__/ScaffolderRig';

/** More than Backstage runs at the same time by default. */
const WAITING = 12;

/** Waits, however long it takes, until something is true. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) {
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

describe('tasks that wait for their builds', () => {
  jest.setTimeout(300_000);
  const disk = createMockDirectory();
  let rig: ScaffolderRig;

  beforeAll(async () => {
    disk.setContent({ workload: { Dockerfile: 'FROM ray\n' }, work: {} });
    rig = await ScaffolderRig.start(disk.path);
  });

  afterAll(() => rig?.stop());

  it('keep no other task out', async () => {
    rig.builds.looks = Infinity;
    const waiting: string[] = [];
    for (let number = 0; number < WAITING; number += 1) {
      const { body } = await rig.create('create-training-job', {
        workload: 'component:default/hello-ray',
        version: `1.0.${number}`,
        size: 'small',
        cluster: 'workload-cluster',
        namespace: 'training',
        ttl: 300,
        deadline: 86_400,
      });
      waiting.push(body.id);
    }
    await until(() => rig.builds.builds.size === WAITING);

    const { body: other } = await rig.create('create-workload', {
      name: 'star-finder',
      title: 'Stars',
      description: 'Finds stars.',
      owner: 'group:default/ml-engineers',
    });
    const { output } = await rig.finish(other.id);
    expect(output.links).not.toHaveLength(0);
    for (const id of waiting) {
      expect((await rig.call(`tasks/${id}`)).body.status).toBe('processing');
    }
    expect(rig.builds.pushed).toEqual([]);

    rig.builds.looks = 1;
    await until(() => rig.builds.pushed.length === WAITING);
    expect(new Set(rig.builds.pushed).size).toBe(WAITING);
  });
});
