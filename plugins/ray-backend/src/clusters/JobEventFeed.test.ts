import type { KubeClient } from '@ml-platform/kube';
import type { JobSummary } from '@ml-platform/rayjob';
import type { RunEvent } from '../history/RunEvents';
import { JobEventFeed, type EventObject } from './JobEventFeed';

const RUN = { name: 'j', uid: 'u' } as JobSummary;

function told(name: string, kind: string, object: string) {
  return {
    metadata: { name, namespace: 'training', uid: `uid-${name}` },
    reason: 'Failed',
    message: 'm'.repeat(5_000),
    involvedObject: { kind, name: object, uid: 'o' },
  };
}

describe('JobEventFeed', () => {
  const known = new Set<string>();
  const runsOf = jest.fn(({ kind, namespace, name }: EventObject) =>
    known.has(`${kind} ${namespace}/${name}`) ? [RUN] : [],
  );
  let placed: RunEvent[];
  let feed: JobEventFeed;

  beforeEach(() => {
    jest.useFakeTimers();
    known.clear();
    runsOf.mockClear();
    placed = [];
    feed = new JobEventFeed({
      runsOf,
      onEvent: (_run, event) => placed.push(event),
    });
  });

  afterEach(() => jest.useRealTimers());

  it('tells an event of a run that is known, with texts of bounded length', () => {
    known.add('Pod training/p');
    feed.put(told('e', 'Pod', 'p'));
    expect(placed).toMatchObject([
      { key: 'uid-e', event: { reason: 'Failed', object: { name: 'p' } } },
    ]);
    expect(placed[0].event.message).toHaveLength(1_024);
  });

  it('holds an event until its pod is known, and tells it once', async () => {
    feed.put(told('e', 'Pod', 'p'));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(placed).toEqual([]);
    known.add('Pod training/p');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(placed).toHaveLength(1);
  });

  it('lets an event go that belongs to no job', async () => {
    feed.put(told('e', 'Pod', 'of-somebody-else'));
    await jest.advanceTimersByTimeAsync(600_000);
    runsOf.mockClear();
    await jest.advanceTimersByTimeAsync(600_000);
    expect(runsOf).not.toHaveBeenCalled();
    feed.put(told('n', 'Node', 'n'));
    expect(runsOf).not.toHaveBeenCalled();
  });

  it('says why events are missing that it may not read', () => {
    const kube = {} as KubeClient;
    const { failed, listed } = feed.collection(kube, '/api/v1/events');
    expect(() => feed.requireListed()).toThrow('being read');
    failed?.('events is forbidden');
    expect(() => feed.requireListed()).toThrow('events is forbidden');
    listed?.();
    failed?.('a short break');
    expect(() => feed.requireListed()).not.toThrow();
  });

  it('holds no more events than it has room for', async () => {
    for (let i = 0; i < 10_010; i += 1) {
      feed.put(told(`e${i}`, 'Pod', `p${i}`));
    }
    known.add('Pod training/p0').add('Pod training/p10009');
    await jest.advanceTimersByTimeAsync(2_000);
    expect(placed.map(({ key }) => key)).toEqual(['uid-e10009']);
  });
});
