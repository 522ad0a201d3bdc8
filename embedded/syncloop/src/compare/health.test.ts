import { objectHealth, rayJobHealth, worstHealth } from './health';

describe('rayJobHealth', () => {
  it.each([
    [undefined, 'Progressing', 'Waiting for the KubeRay operator'],
    [{}, 'Progressing', 'Waiting for the KubeRay operator'],
    [{ jobDeploymentStatus: 'Initializing' }, 'Progressing', 'Initializing'],
    [
      { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' },
      'Progressing',
      'Running',
    ],
    [{ jobDeploymentStatus: 'Retrying' }, 'Progressing', 'Retrying'],
    [{ jobDeploymentStatus: 'Suspending' }, 'Progressing', 'Suspending'],
    [{ jobDeploymentStatus: 'Suspended' }, 'Suspended', 'Suspended'],
    [
      { jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' },
      'Healthy',
      'Succeeded',
    ],
    [
      { jobDeploymentStatus: 'Complete', jobStatus: 'STOPPED' },
      'Healthy',
      'Stopped before it was done',
    ],
    [
      { jobDeploymentStatus: 'Failed', reason: 'AppFailed', message: 'exit 1' },
      'Degraded',
      'exit 1',
    ],
    [
      {
        jobDeploymentStatus: 'Failed',
        reason: 'DeadlineExceeded',
        message: '',
      },
      'Degraded',
      'DeadlineExceeded',
    ],
    [
      { jobDeploymentStatus: 'ValidationFailed' },
      'Degraded',
      'ValidationFailed',
    ],
  ])('%j is %s: %s', (status, health, message) => {
    expect(rayJobHealth(status)).toEqual({ status: health, message });
  });
});

describe('objectHealth', () => {
  it('has a rule for RayJobs and for what is being deleted', () => {
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'a' },
    };
    expect(objectHealth(namespace)).toBeUndefined();
    expect(
      objectHealth({
        ...namespace,
        metadata: { name: 'a', deletionTimestamp: '2026-01-01T00:00:00Z' },
      }),
    ).toEqual({ status: 'Progressing', message: 'Pending deletion' });
  });
});

describe('worstHealth', () => {
  it('is that of the worst object', () => {
    expect(worstHealth([])).toBe('Healthy');
    expect(worstHealth(['Healthy', 'Suspended'])).toBe('Suspended');
    expect(worstHealth(['Degraded', 'Progressing', 'Missing'])).toBe(
      'Degraded',
    );
  });
});
