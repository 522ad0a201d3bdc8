import { queueEntry, type QueueEntry } from '@ml-platform/rayjob';
import { PendingQueue } from './PendingQueue';
import { aWorkloadOf } from '../__testUtils__/testQueues';

const entry = (minute: number) =>
  queueEntry(aWorkloadOf(`job-${minute}`, { minute }));

const names = (entries: readonly QueueEntry[]) =>
  entries.map(({ job }) => job?.name);

describe('PendingQueue', () => {
  let queue: PendingQueue;
  let entries: QueueEntry[];

  beforeEach(() => {
    queue = new PendingQueue();
    entries = Array.from({ length: 300 }, (_, minute) => entry(minute));
    entries.forEach(one => queue.add(one));
    queue.tellFront();
    queue.tellBehind(Infinity);
  });

  const position = (minute: number) => queue.position(entries[minute]);

  it('counts from 1', () => {
    expect([0, 1, 299].map(position)).toEqual([1, 2, 300]);
    expect(queue.behind).toBe(false);
  });

  it('counts the front at once and the rest in passes', () => {
    queue.remove(entries[0]);
    expect(queue.tellFront()).toHaveLength(100);
    expect([1, 100, 101].map(position)).toEqual([1, 100, 102]);
    expect(queue.behind).toBe(true);
    expect(queue.tellBehind(150)).toHaveLength(150);
    expect([101, 250, 251].map(position)).toEqual([101, 250, 252]);
    expect(queue.tellBehind(150)).toHaveLength(49);
    expect([251, 299].map(position)).toEqual([251, 299]);
    expect(queue.behind).toBe(false);
  });

  it('counts again what changed behind a pass that goes on', () => {
    queue.remove(entries[0]);
    queue.tellFront();
    queue.tellBehind(150);
    queue.remove(entries[1]);
    queue.tellFront();
    queue.tellBehind(150);
    expect([150, 299].map(position)).toEqual([150, 298]);
    expect(queue.behind).toBe(true);
    queue.tellBehind(Infinity);
    expect([150, 250, 299].map(position)).toEqual([149, 249, 298]);
    expect(queue.behind).toBe(false);
  });

  it('tells what is new its position at once, wherever it stands', () => {
    const last = entry(1_000);
    queue.add(last);
    expect(names(queue.tellFront())).toEqual(['job-1000']);
    expect(queue.position(last)).toBe(301);
  });

  it('tells only of those behind the place where something changed', () => {
    queue.remove(entries[97]);
    expect(names(queue.tellFront())).toEqual(['job-98', 'job-99', 'job-100']);
  });

  it('puts an entry in the place of what it was', () => {
    const next = { ...entries[5], note: { reason: 'Pending', message: 'x' } };
    queue.replace(entries[5], next);
    expect(queue.tellFront()).toEqual([]);
    queue.remove(next);
    queue.tellFront();
    expect(position(6)).toBe(6);
  });
});
