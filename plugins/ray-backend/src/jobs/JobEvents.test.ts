import { EVENTS, KubeClient } from '@ml-platform/kube';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { JobEvents } from './JobEvents';

const PLACE = { cluster: 'c', namespace: 'training' };

describe('JobEvents', () => {
  let api: FakeKubeApi;
  let client: KubeClient;
  let now: number;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    client = new KubeClient({ access: api.access() });
    now = 1;
  });

  afterEach(async () => {
    client.close();
    await api.close();
  });

  const begin = () =>
    new JobEvents({ clusters: { client: () => client }, now: () => now });

  function put(object: string, minute: number) {
    const time = `2026-11-23T21:0${minute}:00Z`;
    api.put(EVENTS, {
      metadata: { name: `${object}.${minute}`, namespace: 'training' },
      ...{ reason: `r${minute}`, lastTimestamp: time, firstTimestamp: time },
      ...{ involvedObject: { kind: 'Pod', name: object } },
    });
  }

  const lists = () =>
    api.requests.filter(line => line.includes('/events')).length;

  it('reads the events of a namespace once for all who look', async () => {
    put('pod-1', 3);
    put('job', 1);
    put('pod-2', 2);
    put('of-another-job', 0);
    const events = begin();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        events.of(PLACE, ['job', 'pod-1', 'pod-2', 'job', 'no-events']),
      ),
    );
    expect(await events.of(PLACE, ['of-another-job'])).toHaveLength(1);
    for (const answer of answers) {
      expect(answer.map(({ reason }) => reason)).toEqual(['r1', 'r2', 'r3']);
    }
    expect(lists()).toBe(1);
  });

  it('reads them again when they are no longer fresh', async () => {
    const events = begin();
    expect(await events.of(PLACE, ['job'])).toEqual([]);
    put('job', 1);
    expect(await events.of(PLACE, ['job'])).toEqual([]);
    now += 2_500;
    expect(await events.of(PLACE, ['job'])).toHaveLength(1);
    expect(lists()).toBe(2);
  });

  it('remembers no failure', async () => {
    const events = begin();
    api.fault = { type: 'status', code: 403, message: 'cannot list events' };
    await expect(events.of(PLACE, ['job'])).rejects.toThrow('cannot list');
    api.fault = undefined;
    expect(await events.of(PLACE, ['job'])).toEqual([]);
  });
});
