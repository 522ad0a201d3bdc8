import { queueEntry } from '@ml-platform/rayjob';
import { JobQueues, type JobQueuesOptions } from './JobQueues';
import { localQueueRow } from './localQueueRow';
import {
  ADMITTED,
  aLocalQueue,
  aWorkloadOf,
} from '../__testUtils__/testQueues';

const QUEUE = 'training/training-queue';
/** Milliseconds in which all is told that is told together. */
const SOON = 20;

describe('JobQueues', () => {
  let queues: JobQueues;
  let told: string[][];

  function start(options: Partial<JobQueuesOptions> = {}) {
    told = [];
    queues = new JobQueues({
      onChange: jobs => told.push([...jobs]),
      wholeCluster: true,
      gatherMs: 1,
      restMs: 1,
      ...options,
    });
  }

  function put(job: string, change: Parameters<typeof aWorkloadOf>[1] = {}) {
    const workload = aWorkloadOf(job, change);
    const { namespace, name } = workload.metadata;
    queues.putWorkload(`${namespace}/${name}`, queueEntry(workload));
  }

  function facts(job: string, namespace = 'training') {
    return queues.facts({
      namespace,
      uid: `uid-${job}`,
      queue: 'training-queue',
    });
  }

  /** Positions of jobs that have one. */
  function positions(...jobs: string[]) {
    return jobs.map(job => facts(job).position);
  }

  async function settled() {
    await jest.advanceTimersByTimeAsync(SOON);
    const jobs = told.flat().sort();
    told = [];
    return jobs;
  }

  async function open() {
    queues.putLocalQueue(QUEUE, localQueueRow(aLocalQueue()));
    queues.setComplete();
    await settled();
  }

  beforeEach(() => {
    jest.useFakeTimers();
    start();
  });

  afterEach(() => {
    queues.stop();
    jest.useRealTimers();
  });

  it('tells nothing until everything is read', async () => {
    put('a');
    queues.putLocalQueue(QUEUE, localQueueRow(aLocalQueue()));
    expect(await settled()).toEqual([]);
    expect(facts('a')).toEqual({ kueue: 'unknown' });
    queues.setComplete();
    expect(await settled()).toEqual(['training/a']);
    expect(facts('a')).toMatchObject({
      kueue: 'present',
      localQueue: 'open',
      clusterQueue: 'gpu',
      position: 1,
    });
  });

  it('counts by priority and time', async () => {
    put('late', { minute: 2 });
    put('early', { minute: 1 });
    put('urgent', { minute: 9, priority: 100 });
    await open();
    expect(positions('urgent', 'early', 'late')).toEqual([1, 2, 3]);
  });

  it('counts together what queues for one ClusterQueue from any namespace', async () => {
    queues.putLocalQueue(
      'research/lab',
      localQueueRow(aLocalQueue('lab', {}, 'research')),
    );
    put('theirs', { minute: 1, namespace: 'research', queue: 'lab' });
    put('ours', { minute: 2 });
    await open();
    expect(facts('theirs', 'research').position).toBe(1);
    expect(facts('ours').position).toBe(2);
  });

  it('counts apart what queues for another ClusterQueue', async () => {
    queues.putLocalQueue(
      'training/cpu',
      localQueueRow(aLocalQueue('cpu', { clusterQueue: 'cpu' })),
    );
    put('a', { minute: 1 });
    put('b', { minute: 2, queue: 'cpu' });
    await open();
    expect(positions('a', 'b')).toEqual([1, 1]);
  });

  it('tells of those behind when one leaves the front, and of no others', async () => {
    ['a', 'b', 'c', 'd'].forEach((job, minute) => put(job, { minute }));
    await open();
    put('b', { minute: 1, status: ADMITTED });
    expect(await settled()).toEqual(['training/b', 'training/c', 'training/d']);
    expect(positions('a', 'b', 'c', 'd')).toEqual([1, undefined, 2, 3]);
  });

  it('tells of nobody else when only what Kueue says of a job changes', async () => {
    ['a', 'b', 'c'].forEach((job, minute) => put(job, { minute }));
    await open();
    put('a', {
      minute: 0,
      status: {
        conditions: [
          {
            type: 'QuotaReserved',
            status: 'False',
            reason: 'WaitingForQuota',
            message: 'insufficient unused quota',
          },
        ],
      },
    });
    expect(await settled()).toEqual(['training/a']);
    expect(positions('a', 'b', 'c')).toEqual([1, 2, 3]);
  });

  it('tells nothing of a change that says the same', async () => {
    put('a');
    await open();
    put('a');
    expect(await settled()).toEqual([]);
  });

  it('makes one of changes that come together', async () => {
    ['a', 'b', 'c'].forEach((job, minute) => put(job, { minute }));
    await open();
    put('a', { minute: 0, status: ADMITTED });
    put('b', { minute: 1, status: ADMITTED });
    await jest.advanceTimersByTimeAsync(SOON);
    expect(told).toHaveLength(1);
    expect(facts('c').position).toBe(1);
  });

  it('tells a busy queue once in a while', async () => {
    start({ restMs: 100 });
    ['a', 'b', 'c'].forEach((job, minute) => put(job, { minute }));
    await open();
    put('a', { minute: 0, status: ADMITTED });
    expect(await settled()).toEqual([]);
    put('b', { minute: 1, status: ADMITTED });
    await jest.advanceTimersByTimeAsync(100);
    expect(told).toHaveLength(1);
    expect(facts('c').position).toBe(1);
  });

  it('knows a LocalQueue that does not exist, and tells when it comes and goes', async () => {
    put('a');
    queues.follow('training/a', QUEUE);
    queues.follow('training/unseen', QUEUE);
    queues.setComplete();
    await settled();
    expect(facts('a')).toMatchObject({ localQueue: 'missing' });
    expect(facts('a').position).toBeUndefined();
    queues.putLocalQueue(QUEUE, localQueueRow(aLocalQueue()));
    expect(await settled()).toEqual(['training/a', 'training/unseen']);
    expect(facts('a')).toMatchObject({ localQueue: 'open', position: 1 });
    queues.removeLocalQueue(QUEUE);
    expect(await settled()).toEqual(['training/a', 'training/unseen']);
    expect(facts('a').localQueue).toBe('missing');
  });

  it('takes the jobs of a stopped LocalQueue out of the count', async () => {
    queues.putLocalQueue('training/b', localQueueRow(aLocalQueue('b')));
    put('first', { minute: 1 });
    put('second', { minute: 2, queue: 'b' });
    await open();
    queues.putLocalQueue(
      QUEUE,
      localQueueRow(aLocalQueue('training-queue', { stopPolicy: 'Hold' })),
    );
    await settled();
    expect(facts('first')).toMatchObject({ localQueue: 'stopped' });
    expect(positions('first', 'second')).toEqual([undefined, 1]);
  });

  it('has no positions where other namespaces can not be seen', async () => {
    start({ wholeCluster: false });
    put('a');
    await open();
    expect(facts('a')).toMatchObject({ localQueue: 'open' });
    expect(facts('a').position).toBeUndefined();
  });

  it('has no positions where Kueue orders by usage', async () => {
    queues.putLocalQueue('training/fair', {
      clusterQueue: 'gpu',
      stopped: false,
      byUsage: true,
    });
    put('a', { queue: 'fair' });
    await open();
    expect(facts('a').position).toBeUndefined();
  });

  it('forgets everything when Kueue is gone, and tells those who waited', async () => {
    put('a');
    queues.follow('training/b', QUEUE);
    await open();
    queues.reset('absent');
    expect(await settled()).toEqual(['training/a', 'training/b']);
    expect(facts('a')).toEqual({ kueue: 'absent' });
  });

  it('lets a deleted Workload go, and those behind it move up', async () => {
    put('a', { minute: 0 });
    put('b', { minute: 1 });
    await open();
    queues.removeWorkload('training/rayjob-a');
    expect(await settled()).toEqual(['training/a', 'training/b']);
    expect(facts('a').entry).toBeUndefined();
    expect(facts('b').position).toBe(1);
  });
});
