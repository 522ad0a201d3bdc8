import type { JobSummary } from '@ml-platform/rayjob';
import { jobDocument } from './jobDocument';

const job: JobSummary = {
  cluster: 'workload cluster',
  namespace: 'training',
  name: 'stars-20251201-120000',
  uid: '5c0f',
  workload: 'stellar_optimization',
  version: '1.0.0',
  owner: 'user:default/ada',
  state: 'failed',
  message: 'Job entrypoint command failed with exit code 1',
  createdAt: '2025-12-01T12:00:00Z',
  startedAt: '2025-12-01T12:00:30Z',
  endedAt: '2025-12-01T12:03:00Z',
  attempt: 1,
  resources: { cpu: 2000, memory: 2 ** 31, gpu: 0, accelerators: {} },
  workers: { desired: 2, ready: 0 },
};

describe('the document of a job', () => {
  it('has what people search for and see, and names the run for permissions', () => {
    expect(jobDocument(job)).toEqual({
      title: 'stars-20251201-120000',
      text: 'Job entrypoint command failed with exit code 1',
      location: '/ray/jobs/workload%20cluster/training/stars-20251201-120000',
      cluster: 'workload cluster',
      namespace: 'training',
      workload: 'stellar_optimization',
      version: '1.0.0',
      owner: 'user:default/ada',
      ownerName: 'ada',
      state: 'failed',
      createdAt: '2025-12-01T12:00:00Z',
      startedAt: '2025-12-01T12:00:30Z',
      endedAt: '2025-12-01T12:03:00Z',
      authorization: {
        resourceRef: 'workload cluster/training/stars-20251201-120000/5c0f',
      },
    });
  });

  it('has the same fields for a job of which little is known', () => {
    const { cluster, namespace, name, uid, state, createdAt } = job;
    const { attempt, resources, workers } = job;
    const row = { cluster, namespace, name, uid, state, createdAt };
    const document = jobDocument({ ...row, attempt, resources, workers });
    expect(Object.keys(document)).toEqual(Object.keys(jobDocument(job)));
    expect(document).toMatchObject({ text: '', workload: '', ownerName: '' });
  });

  it.each([
    ['user:default/ada', 'ada'],
    ['user:ada', 'ada'],
    ['ada@example.com', 'ada@example.com'],
    ['system:serviceaccount:ci:robot', 'robot'],
  ])('finds %s as %s', (owner, ownerName) => {
    expect(jobDocument({ ...job, owner })).toMatchObject({ owner, ownerName });
  });

  it('keeps a message readable and short, whatever it contains', () => {
    const message = `\u001b[31mred\u001b[0m \u202e${'x'.repeat(5_000)}`;
    const { text } = jobDocument({ ...job, message });
    expect(text).toMatch(/^red x+…$/);
    expect(text).toHaveLength(1_000);
  });
});
