import type { RayJob, RayJobStatus } from '../objects/kubernetes';
import { moments } from '../__testUtils__/moments';
import { stopMark } from '../state/stopMark';
import { hasLeftRun, jobAttempts } from './jobAttempts';
import type { JobAttempt } from './types';

const SEEN = '2026-11-25T19:04:36Z';

function job(status: RayJobStatus = {}, suspend = false): RayJob {
  return { metadata: { name: 'j' }, spec: { suspend }, status };
}

/** The attempts after all that a watch brings, one after the other. */
const after = (jobs: readonly RayJob[]) =>
  jobs.reduce<readonly JobAttempt[]>(
    (known, one) => jobAttempts(known, one, SEEN),
    [],
  );

const recorded = (scenario: string) =>
  moments(scenario).map(moment => moment.job);

const run = (name: string, status: RayJobStatus = {}) =>
  job({
    jobDeploymentStatus: 'Running',
    jobStatus: 'RUNNING',
    jobId: `id-${name}`,
    rayClusterName: name,
    ...status,
  });

describe('jobAttempts', () => {
  it('keeps the run that was suspended, which KubeRay forgets', () => {
    const runs = after(recorded('suspend-resume'));
    expect(runs).toEqual([
      {
        attempt: 1,
        jobId: 'suspend-resume-ptfll',
        rayCluster: 'suspend-resume-275rf',
        startedAt: '2026-11-25T19:04:09Z',
        entrypointStartedAt: '2026-11-25T19:04:27Z',
        endedAt: SEEN,
        state: 'suspended',
        reason: 'Suspended',
      },
      {
        attempt: 2,
        jobId: 'suspend-resume-n79n2',
        rayCluster: 'suspend-resume-rfjbl',
        startedAt: '2026-11-25T19:04:39Z',
        entrypointStartedAt: '2026-11-25T19:04:52Z',
        endedAt: '2026-11-25T19:05:20Z',
        state: 'succeeded',
      },
    ]);
  });

  it.each(['retry', 'http-retry'])(
    'counts the attempts of %s as KubeRay retries',
    scenario => {
      const runs = after(recorded(scenario));
      expect(runs.map(({ attempt, state }) => [attempt, state])).toEqual([
        [1, 'failed'],
        [2, 'failed'],
      ]);
      expect(runs[0]).toMatchObject({ reason: 'AppFailed' });
    },
  );

  it.each(['success', 'lost-head', 'existing-cluster', 'stopped'])(
    'sees one attempt of %s',
    scenario => expect(after(recorded(scenario))).toHaveLength(1),
  );

  it('keeps when each entrypoint started', () => {
    const startsOf = (jobs: readonly RayJob[]) =>
      after(jobs).map(one => one.entrypointStartedAt);
    expect(startsOf(recorded('retry'))).toEqual([
      '2026-11-23T21:09:25Z',
      '2026-11-23T21:10:01Z',
    ]);
    const started = { rayJobInfo: { startTime: SEEN } };
    expect(startsOf([run('one', started), run('one')])).toEqual([SEEN]);
    expect(startsOf([run('one', started), run('two')])).toEqual([
      SEEN,
      undefined,
    ]);
  });

  it('tells no end of a run whose suspension nobody saw', () => {
    const runs = after([run('one'), run('two')]);
    expect(runs).toMatchObject([
      { attempt: 1, state: 'suspended', rayCluster: 'one' },
      { attempt: 2, state: 'running', rayCluster: 'two' },
    ]);
    expect(runs[0].endedAt).toBeUndefined();
  });

  it('counts suspensions and failures together', () => {
    const suspended = job({ jobDeploymentStatus: 'Suspended' }, true);
    const runs = after([
      run('one'),
      suspended,
      job({}, false),
      run('two'),
      run('two', { jobDeploymentStatus: 'Retrying', failed: 1 }),
      job({ failed: 1 }),
      run('three', { failed: 1 }),
      job({ jobDeploymentStatus: 'Suspended', failed: 1 }, true),
      run('four', { failed: 1 }),
      // Nobody saw the run in between.
      run('six', { failed: 2 }),
    ]);
    expect(runs.map(one => [one.attempt, one.rayCluster, one.state])).toEqual([
      [1, 'one', 'suspended'],
      [2, 'two', 'failed'],
      [3, 'three', 'suspended'],
      [4, 'four', 'failed'],
      [5, 'six', 'running'],
    ]);
  });

  it('calls a run stopped that the platform suspended to stop it', () => {
    const metadata = { name: 'j', ...stopMark(job(), new Date(SEEN)) };
    const stopped = {
      ...job({ jobDeploymentStatus: 'Suspended' }, true),
      metadata,
    };
    const runs = [run('one'), stopped, stopped];
    expect(after(runs)).toMatchObject([
      { attempt: 1, rayCluster: 'one', state: 'stopped', endedAt: SEEN },
    ]);
    const resumed = [...runs, job(), run('two'), run('two')];
    expect(after(resumed)).toMatchObject([
      { attempt: 1, rayCluster: 'one', state: 'stopped' },
      { attempt: 2, rayCluster: 'two', state: 'running' },
    ]);
  });

  it('counts no suspension of a job that has not run', () => {
    const waiting = job({ jobDeploymentStatus: 'Suspended' }, true);
    expect(after([waiting, job(), run('one')])).toMatchObject([
      { attempt: 1, rayCluster: 'one' },
    ]);
  });

  it('counts failures also where KubeRay does not name the runs', () => {
    expect(after([job(), job({ failed: 1 })])).toMatchObject([
      { attempt: 1, state: 'failed' },
      { attempt: 2, state: 'retrying' },
    ]);
  });

  it('knows when a job has left a run', () => {
    const one = { jobId: 'id-one', rayCluster: 'one' };
    expect(hasLeftRun(one, run('one'))).toBe(false);
    expect(hasLeftRun(one, run('two'))).toBe(true);
    expect(hasLeftRun(one, job())).toBe(true);
    expect(hasLeftRun({}, job())).toBe(false);
  });
});
