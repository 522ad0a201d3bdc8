import { changesOf, recording, scenarios } from '../__testUtils__/recordings';
import type { RayJobStatus } from '../crd/rayJob';
import { rayCluster, rayJob } from '../__testUtils__/objects';
import {
  clearedStatus,
  countedStatus,
  initializedStatus,
  observedStatus,
  statusToWrite,
} from './attemptStatus';

const start = Date.parse('2026-01-01T00:00:00Z');
const at = (seconds: number) => start + seconds * 1000;
const startTime = '2026-01-01T00:00:00Z';

describe('a new attempt', () => {
  it('is named before anything is made, so that nothing is made twice', () => {
    const suffixes = ['aaaaa', 'bbbbb'];
    const next = initializedStatus(
      rayJob(),
      start,
      () => suffixes.shift() ?? '',
    );
    expect(next).toMatchObject({
      jobId: 'job-aaaaa',
      rayClusterName: 'job-bbbbb',
      jobDeploymentStatus: 'Initializing',
      startTime,
    });
    const again = initializedStatus(rayJob({}, next), at(5));
    expect(again).toMatchObject({
      jobId: 'job-aaaaa',
      rayClusterName: 'job-bbbbb',
    });
  });

  it('takes the id and the cluster that the user names', () => {
    const job = rayJob({
      jobId: 'mine',
      clusterSelector: { 'ray.io/cluster': 'shared' },
    });
    expect(initializedStatus(job, start)).toMatchObject({
      jobId: 'mine',
      rayClusterName: 'shared',
    });
  });

  it('has no id in InteractiveMode until the user says it', () => {
    const job = rayJob({ submissionMode: 'InteractiveMode' });
    expect(initializedStatus(job, start).jobId).toBeUndefined();
  });
});

describe('the end of an attempt', () => {
  const failed: RayJobStatus = {
    jobDeploymentStatus: 'Failed',
    jobStatus: 'FAILED',
    reason: 'AppFailed',
  };

  it.each([
    { backoffLimit: 0, before: 0, reason: 'AppFailed', then: 'Failed' },
    { backoffLimit: 1, before: 0, reason: 'AppFailed', then: 'Retrying' },
    { backoffLimit: 1, before: 1, reason: 'AppFailed', then: 'Failed' },
    { backoffLimit: 3, before: 0, reason: 'DeadlineExceeded', then: 'Failed' },
    {
      backoffLimit: 3,
      before: 0,
      reason: 'JobStatusCheckTimeoutExceeded',
      then: 'Failed',
    },
    {
      backoffLimit: 3,
      before: 0,
      reason: 'PreRunningDeadlineExceeded',
      then: 'Retrying',
    },
  ] as const)(
    'after $before failures of $backoffLimit + 1, by $reason, is $then',
    ({ backoffLimit, before, reason, then }) => {
      const next = countedStatus(rayJob({ backoffLimit }), {
        ...failed,
        reason,
        failed: before,
      });
      expect(next).toMatchObject({
        jobDeploymentStatus: then,
        failed: before + 1,
      });
    },
  );

  it('is counted as a success only if Ray says so', () => {
    const complete = { ...failed, jobDeploymentStatus: 'Complete' as const };
    expect(
      countedStatus(rayJob(), { ...complete, jobStatus: 'SUCCEEDED' })
        .succeeded,
    ).toBe(1);
    expect(
      countedStatus(rayJob(), { ...complete, jobStatus: 'STOPPED' }).succeeded,
    ).toBe(0);
  });

  it('waits for the submitter, which still writes the log', () => {
    const job = rayJob({}, { jobDeploymentStatus: 'Running' });
    const info = { status: 'FAILED' as const, endTime: at(9) };
    expect(observedStatus(job, rayCluster(), info, undefined)).toMatchObject({
      jobStatus: 'FAILED',
      jobDeploymentStatus: 'Running',
      rayJobInfo: { endTime: '2026-01-01T00:00:09Z' },
    });
    expect(observedStatus(job, rayCluster(), info, at(10))).toMatchObject({
      jobDeploymentStatus: 'Failed',
      reason: 'AppFailed',
    });
  });

  it('needs no submitter in HTTPMode', () => {
    const job = rayJob({ submissionMode: 'HTTPMode' });
    expect(
      observedStatus(job, rayCluster(), { status: 'STOPPED' }, undefined),
    ).toMatchObject({ jobDeploymentStatus: 'Complete', reason: undefined });
  });

  it('leaves nothing of the attempt but the counts', () => {
    const next = clearedStatus({
      ...failed,
      failed: 1,
      jobId: 'x',
      startTime,
      jobDeploymentStatus: 'Retrying',
    });
    expect(next).toMatchObject({
      jobDeploymentStatus: '',
      failed: 1,
      startTime,
    });
    expect(next.jobId ?? next.jobStatus ?? next.reason).toBeUndefined();
    expect(
      clearedStatus({ jobDeploymentStatus: 'Suspending' }).jobDeploymentStatus,
    ).toBe('Suspended');
  });
});

describe('the status that is written', () => {
  it('is none where nothing changed but the message', () => {
    const status: RayJobStatus = {
      jobDeploymentStatus: 'Running',
      message: 'a',
    };
    expect(
      statusToWrite(rayJob({}, status), { ...status, message: 'b' }, start),
    ).toBeUndefined();
  });

  it('has an end time once the job ended, and none while it retries', () => {
    const job = rayJob({ backoffLimit: 1 }, { jobDeploymentStatus: 'Running' });
    const failed = { jobDeploymentStatus: 'Failed' as const };
    expect(statusToWrite(job, failed, start)?.endTime).toBeUndefined();
    expect(statusToWrite(job, { ...failed, failed: 1 }, start)?.endTime).toBe(
      startTime,
    );
  });

  it('follows the changes of every recorded job, transition for transition', () => {
    const transitions = scenarios.flatMap(scenario => {
      const jobs = changesOf(recording(scenario), 'RayJob').filter(
        ({ type }) => type !== 'DELETED',
      );
      const { spec } = jobs[0].object;
      const statuses = jobs.map(({ object }) => object.status ?? {});
      return statuses
        .slice(1)
        .map((after, index) => ({ spec, before: statuses[index], after }))
        .filter(
          ({ before, after }) =>
            before.jobDeploymentStatus !== after.jobDeploymentStatus,
        );
    });
    const telling = (status: RayJobStatus | undefined) => [
      status?.jobDeploymentStatus ?? 'New',
      status?.jobStatus,
      status?.reason,
      status?.failed,
      status?.succeeded,
    ];
    const written = transitions.map(({ spec, before, after }) =>
      statusToWrite(
        rayJob(spec, before),
        {
          ...after,
          failed: before.failed,
          succeeded: before.succeeded,
          // What is counted is the failure; that it is retried comes of it.
          jobDeploymentStatus:
            after.jobDeploymentStatus === 'Retrying'
              ? 'Failed'
              : after.jobDeploymentStatus,
        },
        start,
      ),
    );
    expect(written.map(telling)).toEqual(
      transitions.map(({ after }) => telling(after)),
    );
    const states = new Set(written.map(status => telling(status)[0]));
    expect([...states].sort()).toEqual([
      'Complete',
      'Failed',
      'Initializing',
      'New',
      'Retrying',
      'Running',
      'ValidationFailed',
    ]);
  });
});
