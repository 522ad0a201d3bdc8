import { queueEntry } from '@ml-platform/rayjob';
import {
  ADMITTED,
  aLocalQueue,
  aWorkloadOf,
} from '../__testUtils__/testQueues';
import { ClusterQueues, queueKey } from './ClusterQueues';
import { localQueueRow } from './localQueueRow';

describe('what is told of the queues of a cluster', () => {
  const queues = new ClusterQueues();
  const entryOf = (...job: Parameters<typeof aWorkloadOf>) =>
    queueEntry(aWorkloadOf(...job));

  beforeEach(() => {
    queues.clear();
    for (const queue of [aLocalQueue(), aLocalQueue('other')]) {
      const { name } = queue.metadata;
      queues.putLocalQueue(queueKey('training', name), localQueueRow(queue));
    }
  });

  it('is who waits, in order, and how many have their quota', () => {
    const late = entryOf('late', { minute: 2 });
    const urgent = entryOf('urgent', { minute: 3, priority: 9 });
    const other = entryOf('other', { minute: 1, queue: 'other' });
    [late, urgent, other].forEach(entry => queues.put(entry, undefined));
    queues.put(entryOf('runs', { status: ADMITTED }), undefined);
    expect(queues.overview()).toMatchObject([
      {
        name: 'gpu',
        localQueues: [
          { name: 'training-queue', waiting: 2, admitted: 1, ordered: true },
          { name: 'other', waiting: 1, admitted: 0 },
        ],
        next: [urgent, other, late],
      },
    ]);
  });

  it('follows a job from its place to its quota and away', () => {
    const waits = entryOf('a');
    const runs = entryOf('a', { status: ADMITTED });
    const counts = () =>
      queues
        .overview()[0]
        .localQueues.map(({ waiting, admitted }) => [waiting, admitted])[0];
    queues.put(waits, undefined);
    expect(counts()).toEqual([1, 0]);
    queues.put(runs, waits);
    expect(counts()).toEqual([0, 1]);
    queues.remove(runs);
    expect(counts()).toEqual([0, 0]);
  });
});
