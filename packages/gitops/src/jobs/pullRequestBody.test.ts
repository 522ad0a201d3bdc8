import { rayJobRequest } from '@ml-platform/rayjob/testUtils';
import {
  readJobPresets,
  renderRayJob,
  type JobPresets,
} from '@ml-platform/rayjob';
import { pullRequestBody } from './pullRequestBody';

const body = (overrides = {}, presets?: JobPresets) =>
  pullRequestBody({
    cluster: 'workload-cluster',
    job: renderRayJob(rayJobRequest(overrides)),
    links: {
      'Training job': 'http://portal/ray/jobs/workload-cluster/training/hello',
      Task: 'http://portal/create/tasks/task-1',
    },
    description: 'For the review.',
    presets,
  });

describe('pullRequestBody', () => {
  it('says what will run, and where to see it', () => {
    expect(body().split('\n')).toEqual([
      'Merging this starts the training job **hello-ray-20260102-030405**.',
      '',
      'For the review.',
      '',
      '| What will run | |',
      '| --- | --- |',
      '| Workload | `hello-ray` |',
      '| Version | `1.0.0` |',
      '| Image | `localhost:7009/hello-ray:1.0.0` |',
      '| Runs on | `workload-cluster / training` |',
      '| Entrypoint | `python train.py` |',
      '| Workers | `2` |',
      '| In total | `3 CPU, 6 GiB` |',
      '| Cost | `no prices configured` |',
      '| Environment | `SEED` |',
      '| Requested by | `user:default/guest` |',
      `| Source commit | \`${'a'.repeat(40)}\` |`,
      '',
      '[Training job](http://portal/ray/jobs/workload-cluster/training/hello) · [Task](http://portal/create/tasks/task-1)',
      '',
    ]);
  });

  it('says what it costs, and how far it may grow', () => {
    const presets = readJobPresets({
      prices: { currency: 'EUR', cpu: 0.03, memory: 0.004 },
    });
    const text = body({ workers: 2, maxWorkers: 8 }, presets);
    expect(text).toContain('| Workers | `2, up to 8` |');
    expect(text).toContain(
      '| Cost | `about 0.11 EUR per hour, up to 0.34 EUR with all workers` |',
    );
  });

  it('keeps values of the environment to itself', () => {
    expect(body({ environment: [{ name: 'A', value: 's3cret' }] })).not.toMatch(
      's3cret',
    );
  });

  it('lets no value break out of its cell', () => {
    expect(body({ entrypoint: 'a | b `c`\n\n## d @all' })).toContain(
      '| Entrypoint | `` a \\| b `c` ## d @all `` |',
    );
  });
});
