import type { RayJobStatus } from '../crd/rayJob';
import { rayCluster, rayJob, rayPod } from '../testing';
import { isLastHead, lostHead, lostHeadStatus } from './lostHead';

describe('a lost head', () => {
  const running = (more: RayJobStatus = {}) =>
    rayJob(
      {},
      {
        jobDeploymentStatus: 'Running',
        jobStatus: 'RUNNING',
        rayClusterName: 'job-abcde',
        rayClusterStatus: { head: { podName: 'head' } },
        ...more,
      },
    );
  const dead = rayPod('head', 'head', {
    status: {
      phase: 'Failed',
      reason: 'NodeRestart',
      message: 'The node was stopped.',
    },
  });

  it('is one that failed, went, or was replaced', () => {
    expect(lostHead(running(), rayCluster(), dead)).toBe(
      'Ray head pod head ended as Failed (NodeRestart: The node was stopped.)',
    );
    expect(lostHead(running(), rayCluster(), undefined)).toBe(
      'Ray head pod head not found',
    );
    expect(lostHead(running(), rayCluster(), rayPod('head-2', 'head'))).toBe(
      'Ray head pod head was replaced by head-2',
    );
    expect(lostHead(running(), undefined, undefined)).toBe(
      'RayCluster job-abcde was deleted',
    );
  });

  it('is not one that is there, or on which no job was seen yet', () => {
    expect(
      lostHead(running(), rayCluster(), rayPod('head', 'head')),
    ).toBeUndefined();
    expect(
      lostHead(running({ jobStatus: '' }), rayCluster(), dead),
    ).toBeUndefined();
    expect(
      lostHead(
        running({ jobDeploymentStatus: 'Initializing' }),
        rayCluster(),
        dead,
      ),
    ).toBeUndefined();
  });

  it('is no loss where GCS fault tolerance keeps its state', () => {
    const kept = rayCluster({
      gcsFaultToleranceOptions: { redisAddress: 'redis:6379' },
    });
    expect(lostHead(running(), kept, dead)).toBeUndefined();
    expect(isLastHead(running(), kept)).toBe(false);
  });

  it('fails the job that ran on it, and says why', () => {
    const next = lostHeadStatus(running().status ?? {}, 'the head went');
    expect(next).toMatchObject({
      jobDeploymentStatus: 'Failed',
      reason: 'AppFailed',
      message:
        'The job was RUNNING when its head was lost, and cannot go on: the head went.',
    });
  });

  it('leaves a job its end that Ray had told before', () => {
    const status = {
      ...running().status,
      jobStatus: 'SUCCEEDED' as const,
      message: 'done',
    };
    expect(lostHeadStatus(status, 'the head went')).toMatchObject({
      jobDeploymentStatus: 'Complete',
      message: 'done',
    });
  });

  it.each([
    ['', '', false],
    ['Initializing', '', false],
    ['Running', '', false],
    ['Running', 'RUNNING', true],
    ['Complete', 'SUCCEEDED', true],
    ['Failed', 'RUNNING', true],
    ['Retrying', 'FAILED', true],
  ] as const)(
    'of a job that is %s %s is the last one: %s',
    (jobDeploymentStatus, jobStatus, last) => {
      expect(
        isLastHead(running({ jobDeploymentStatus, jobStatus }), rayCluster()),
      ).toBe(last);
    },
  );
});
