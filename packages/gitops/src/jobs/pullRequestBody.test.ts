import { rayJobRequest } from '@ml-platform/rayjob/testUtils';
import { renderRayJob } from '@ml-platform/rayjob';
import { pullRequestBody } from './pullRequestBody';

const body = (overrides = {}) =>
  pullRequestBody({
    cluster: 'workload-cluster',
    job: renderRayJob(rayJobRequest(overrides)),
    links: {
      'Training job': 'http://portal/ray/jobs/workload-cluster/training/hello',
      Task: 'http://portal/create/tasks/task-1',
    },
    description: 'For the review.',
  });

describe('pullRequestBody', () => {
  it('says what will run, and where to see it', () => {
    expect(body().split('\n')).toEqual([
      'Merging this starts the training job **hello-ray-20260102-030405**.',
      '',
      'For the review.',
      '',
      '| | |',
      '| --- | --- |',
      '| Workload | `hello-ray` |',
      '| Version | `1.0.0` |',
      '| Image | `localhost:7009/hello-ray:1.0.0` |',
      '| Runs on | `workload-cluster / training` |',
      '| Entrypoint | `python train.py` |',
      '| Workers | `2` |',
      '| In total | `3 CPU, 6 GiB` |',
      '| Environment | `SEED` |',
      '| Requested by | `user:default/guest` |',
      `| Source commit | \`${'a'.repeat(40)}\` |`,
      '',
      '[Training job](http://portal/ray/jobs/workload-cluster/training/hello) · [Task](http://portal/create/tasks/task-1)',
      '',
    ]);
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
