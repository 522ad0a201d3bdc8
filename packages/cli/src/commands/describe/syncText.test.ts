import { syncText } from './syncText';

const NOW = new Date('2026-11-29T10:05:00Z');

describe('what describe tells of Argo CD', () => {
  it('is the state and the time of the last sync', () => {
    const sync = {
      state: 'out-of-sync',
      message: 'Argo CD applies it soon.',
      application: { namespace: 'argocd', name: 'jobs-training' },
      lastTriedAt: '2026-11-29T10:03:00Z',
    };
    expect(syncText(sync, NOW)).toBe(
      'out of sync, last sync 2m ago, Application jobs-training\nArgo CD applies it soon.\n',
    );
    expect(syncText({ ...sync, running: true }, NOW)).toContain(
      'out of sync, a sync is running,',
    );
  });

  it('names the files that hold up a job, a line each', () => {
    const blockedBy = [
      { kind: 'RayJob', name: 'b', path: 'jobs/b.yaml', message: 'too\nlarge' },
      { kind: 'ConfigMap', name: 'c', message: 'no \u001b[31mred' },
    ];
    expect(syncText({ state: 'blocked', blockedBy }, NOW)).toBe(
      'blocked\njobs/b.yaml: too large\nConfigMap c: no red\n',
    );
  });
});
