import { endedContainer, meta, rayPod } from '../__testUtils__/objects';
import { jobSubmitterState, sidecarState } from './submitterState';

const startTime = '2026-01-01T00:00:00Z';
const start = Date.parse(startTime);

describe('a submitter', () => {
  const submitter = (type?: string) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: meta('job'),
    spec: { template: { spec: { containers: [] } } },
    status: {
      conditions: type
        ? [
            {
              type,
              status: 'True',
              reason: 'BackoffLimitExceeded',
              message: 'too often',
              lastTransitionTime: startTime,
            },
          ]
        : [],
    },
  });

  it('that runs says nothing', () => {
    expect(jobSubmitterState({}, submitter())).toEqual({
      finishedAt: undefined,
    });
  });

  it('that completed only tells when', () => {
    expect(jobSubmitterState({}, submitter('Complete'))).toEqual({
      finishedAt: start,
    });
  });

  it('that failed fails the job, as a failed submission unless Ray said FAILED', () => {
    expect(jobSubmitterState({}, submitter('Failed')).failed).toMatchObject({
      reason: 'SubmissionFailed',
      message:
        'Job submission has failed. Reason: BackoffLimitExceeded. Message: too often',
    });
    expect(
      jobSubmitterState(
        { jobStatus: 'FAILED', message: 'exit 3' },
        submitter('Failed'),
      ).failed,
    ).toMatchObject({
      reason: 'AppFailed',
      message: 'exit 3',
    });
  });

  it('beside the head fails the job by its exit code', () => {
    const head = (exitCode: number) =>
      rayPod('head', 'head', {
        status: {
          phase: 'Running',
          containerStatuses: [
            endedContainer('ray-job-submitter', {
              exitCode,
              reason: 'Error',
              finishedAt: startTime,
            }),
          ],
        },
      });
    expect(sidecarState({}, head(0))).toEqual({ finishedAt: start });
    expect(sidecarState({}, head(2)).failed).toMatchObject({
      reason: 'SubmissionFailed',
      message:
        'Ray head pod container ray-job-submitter terminated with exit code 2: Error',
    });
    expect(sidecarState({}, undefined).failed?.message).toBe(
      'Ray head pod not found.',
    );
  });
});
