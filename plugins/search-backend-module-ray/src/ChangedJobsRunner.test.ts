import type { SchedulerServiceTaskInvocationDefinition } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { ChangedJobsRunner } from './ChangedJobsRunner';

const MINUTE = 60_000;

describe('the runner of the index', () => {
  let now: number;
  let answer: { revision: string; complete: boolean };
  let work: jest.Mock;
  let look: () => Promise<void>;

  beforeEach(async () => {
    now = 0;
    answer = { revision: 'a', complete: true };
    work = jest.fn(async () => {});
    let task: SchedulerServiceTaskInvocationDefinition | undefined;
    const runner = new ChangedJobsRunner({
      runner: {
        run: async given => {
          task = given;
        },
      },
      auth: mockServices.auth(),
      jobs: { revision: async () => answer },
      logger: mockServices.logger.mock(),
      now: () => now,
    });
    await runner.run({ id: 'index', fn: work });
    look = async () => task?.fn(new AbortController().signal);
  });

  it('works the first time, and then when jobs have changed', async () => {
    await look();
    await look();
    expect(work).toHaveBeenCalledTimes(1);
    answer = { ...answer, revision: 'b' };
    await look();
    await look();
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('works again when jobs have changed while it worked', async () => {
    work.mockImplementationOnce(async () => {
      answer = { ...answer, revision: 'b' };
    });
    await look();
    await look();
    await look();
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('tries again after it failed', async () => {
    work.mockRejectedValueOnce(new Error('The engine is away'));
    await expect(look()).rejects.toThrow('The engine is away');
    await look();
    await look();
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('rests after work that took long', async () => {
    work.mockImplementation(async () => {
      now += 3_000;
    });
    await look();
    answer = { ...answer, revision: 'b' };
    now += 59_000;
    await look();
    expect(work).toHaveBeenCalledTimes(1);
    now += 1_000;
    await look();
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('works once an hour though nothing has changed', async () => {
    await look();
    now = 59 * MINUTE;
    await look();
    expect(work).toHaveBeenCalledTimes(1);
    now = 60 * MINUTE;
    await look();
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('waits for clusters that are not read yet', async () => {
    answer = { revision: 'a', complete: false };
    await look();
    now = MINUTE;
    await look();
    expect(work).not.toHaveBeenCalled();
    answer = { revision: 'b', complete: true };
    await look();
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('goes on without a cluster that stays away', async () => {
    answer = { revision: 'a', complete: false };
    await look();
    now = 2 * MINUTE;
    await look();
    expect(work).toHaveBeenCalledTimes(1);
    answer = { revision: 'b', complete: false };
    await look();
    expect(work).toHaveBeenCalledTimes(2);
  });
});
