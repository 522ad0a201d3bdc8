import { changesOf, recording } from '../__testUtils__/recordings';
import type { RayJobStatus } from '../crd/rayJob';
import { rayJob } from '../__testUtils__/objects';
import {
  activeDeadline,
  defaultPatience,
  preRunningDeadline,
  statusCheckTimeout,
  submitterTimeout,
  transitionGrace,
} from './deadlines';

const start = Date.parse('2026-01-01T00:00:00Z');
const at = (seconds: number) => start + seconds * 1000;
const startTime = '2026-01-01T00:00:00Z';

describe('patience', () => {
  const job = (status: RayJobStatus, spec = {}) =>
    rayJob(spec, { startTime, jobDeploymentStatus: 'Running', ...status });

  it('ends with activeDeadlineSeconds, in the recorded words', () => {
    const from = recording('deadline');
    const recorded = changesOf(from, 'RayJob').at(-1)?.object.status;
    const limited = rayJob(
      { activeDeadlineSeconds: 45 },
      { startTime: recorded?.startTime },
    );
    const began = Date.parse(recorded?.startTime ?? '');
    expect(activeDeadline(limited, began + 44_999)).toBeUndefined();
    expect(activeDeadline(limited, began + 45_000)).toMatchObject({
      jobDeploymentStatus: recorded?.jobDeploymentStatus,
      reason: recorded?.reason,
      message: recorded?.message,
    });
  });

  it('ends with preRunningDeadlineSeconds', () => {
    const limited = job({}, { preRunningDeadlineSeconds: 10 });
    expect(preRunningDeadline(limited, at(9))).toBeUndefined();
    expect(preRunningDeadline(limited, at(10))?.reason).toBe(
      'PreRunningDeadlineExceeded',
    );
    expect(preRunningDeadline(job({}), at(1e6))).toBeUndefined();
  });

  it('ends where the submitter never does', () => {
    const ended = (jobStatus: 'SUCCEEDED' | 'FAILED') =>
      job({ jobStatus, rayJobInfo: { endTime: startTime } });
    expect(
      transitionGrace(ended('SUCCEEDED'), at(299), defaultPatience),
    ).toBeUndefined();
    expect(
      transitionGrace(ended('SUCCEEDED'), at(300), defaultPatience)
        ?.jobDeploymentStatus,
    ).toBe('Complete');
    expect(
      transitionGrace(ended('FAILED'), at(300), defaultPatience)
        ?.jobDeploymentStatus,
    ).toBe('Failed');
  });

  it('ends where the dashboard does not answer', () => {
    const silent = job({ jobStatusCheckFailureStartTime: startTime });
    expect(
      statusCheckTimeout(silent, at(299), defaultPatience),
    ).toBeUndefined();
    expect(statusCheckTimeout(silent, at(300), defaultPatience)).toMatchObject({
      jobDeploymentStatus: 'Failed',
      reason: 'JobStatusCheckTimeoutExceeded',
      message:
        'Job status checks have been failing since 2026-01-01 00:00:00; exceeded timeout of 300s',
    });
  });

  it('ends where Ray does not say that a job ended whose submitter did', () => {
    expect(
      submitterTimeout(job({}), at(29), at(0), defaultPatience),
    ).toBeUndefined();
    expect(
      submitterTimeout(job({}), at(30), at(0), defaultPatience),
    ).toMatchObject({
      jobStatus: 'FAILED',
      jobDeploymentStatus: 'Failed',
    });
    expect(
      submitterTimeout(job({}), at(1e6), undefined, defaultPatience),
    ).toBeUndefined();
  });
});
