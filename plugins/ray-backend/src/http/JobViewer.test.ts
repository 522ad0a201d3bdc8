import { NotAllowedError } from '@backstage/errors';
import { parseJobOrder, type JobSummary } from '@ml-platform/rayjob';
import { until } from '@ml-platform/kube/testUtils';
import { JobIndex } from '../jobs/JobIndex';
import type { JobListQuery } from '../jobs/Jobs';
import { EVERY_JOB, type JobScope } from '../permissions/Authorizer';
import { JobViewer } from './JobViewer';

const EVERYTHING: JobScope = { covers: EVERY_JOB, key: 'all' };
const NOTHING_OF_EVE: JobScope = {
  covers: ({ owner }) => owner !== 'eve',
  key: 'not eve',
};

const job = (name: string, more: Partial<JobSummary> = {}): JobSummary => ({
  cluster: 'c',
  namespace: 'training',
  name,
  uid: `uid-${name}`,
  state: 'running',
  createdAt: '2026-11-23T21:06:21Z',
  attempt: 1,
  resources: { cpu: 0, memory: 0, gpu: 0, accelerators: {} },
  workers: { desired: 0, ready: 0 },
  ...more,
});

interface Sent {
  readonly event: string;
  readonly data: unknown;
  readonly id?: string;
}

describe('JobViewer', () => {
  let index: JobIndex;
  let tellOfClusters: () => void;
  let scope: () => Promise<JobScope>;
  const closing: (() => Promise<void>)[] = [];

  beforeEach(() => {
    index = new JobIndex();
    index.setLive(job('first'));
    scope = async () => EVERYTHING;
  });

  afterEach(async () => {
    await Promise.all(closing.splice(0).map(close => close()));
  });

  async function view(
    lastEventId?: string,
    options: {
      readonly first?: JobScope;
      readonly q?: string;
      readonly epoch?: string;
      readonly recheckMs?: number;
      readonly counts?: boolean;
    } = {},
  ) {
    const { first = EVERYTHING, q, epoch = 'epoch', recheckMs } = options;
    const { counts = false } = options;
    const sent: Sent[] = [];
    const stop = new AbortController();
    const query: JobListQuery = {
      filter: { q },
      order: parseJobOrder('name'),
      limit: 10,
    };
    const viewer = new JobViewer({
      index,
      jobs: {
        list: (_query, { covers }) => {
          const items = [...index.all()].filter(covers);
          return { items, total: items.length, clusters: [] };
        },
        counts: (filter, visible) => {
          const jobs = index.select(filter, visible);
          return { total: jobs.count(filter), states: jobs.states(filter) };
        },
        statuses: () => [{ name: 'c', ok: false, error: 'down' }],
      },
      clusters: {
        subscribe: listener => {
          tellOfClusters = listener;
          return () => {};
        },
      },
      closing: stop.signal,
      epoch,
      query,
      counts,
      scope: first,
      recheck: () => scope(),
      recheckMs,
      events: {
        signal: stop.signal,
        send: async (event, data, id) => {
          sent.push({ event, data, id });
        },
        end: () => stop.abort(),
      },
    });
    const done = viewer.run(lastEventId);
    const leave = async () => {
      stop.abort();
      await done;
    };
    closing.push(leave);
    await until(() =>
      sent.some(({ event }) => event === 'clusters' || event === 'snapshot'),
    );
    const lastId = () => sent.filter(({ id }) => id).at(-1)?.id ?? '';
    return { sent, lastId, leave, ended: stop.signal };
  }

  const names = (sent: readonly Sent[]) => sent.map(({ event }) => event);

  it('goes on where it was, and says how the clusters are', async () => {
    const first = await view();
    expect(names(first.sent)).toEqual(['snapshot']);
    await first.leave();
    index.setLive(job('second'));
    const again = await view(first.lastId());
    expect(again.sent).toMatchObject([
      { event: 'upsert', data: { name: 'second' } },
      { event: 'clusters', data: [{ name: 'c', ok: false }] },
    ]);
    const nothing = await view(again.lastId());
    expect(names(nothing.sent)).toEqual(['clusters']);
  });

  it.each([
    ['of no kind', () => 'what?'],
    ['without a number', (id: string) => id.replace(/\.\d+\./, '..')],
    ['of a number that is none', (id: string) => id.replace(/\.\d+\./, '.x.')],
    ['with more behind it', (id: string) => `${id}.1`],
    ['of a change to come', (id: string) => id.replace(/\.\d+\./, '.99.')],
    ['of another process', (id: string) => id.replace('epoch', 'other')],
  ])('begins anew for an id %s', async (_, change) => {
    const first = await view();
    await first.leave();
    index.setLive(job('second'));
    const again = await view(change(first.lastId()));
    expect(again.sent[0]).toMatchObject({
      event: 'snapshot',
      data: { items: [{ name: 'first' }, { name: 'second' }] },
    });
  });

  it('begins anew for an id that is too old', async () => {
    const first = await view();
    await first.leave();
    for (let i = 0; i < 7_000; i += 1) {
      index.setLive(job('first', { message: `${i}` }));
    }
    expect(names((await view(first.lastId())).sent)[0]).toBe('snapshot');
  });

  it('begins anew where the viewer may see something else by now', async () => {
    index.setLive(job('secret', { owner: 'eve' }));
    const first = await view();
    await first.leave();
    const again = await view(first.lastId(), { first: NOTHING_OF_EVE });
    expect(again.sent[0]).toMatchObject({
      event: 'snapshot',
      data: { items: [{ name: 'first' }] },
    });
  });

  it('begins anew where the viewer asks for something else', async () => {
    const first = await view();
    await first.leave();
    const again = await view(first.lastId(), { q: 'first' });
    expect(names(again.sent)[0]).toBe('snapshot');
  });

  it('takes rows away when the policy changes meanwhile', async () => {
    index.setLive(job('secret', { owner: 'eve' }));
    const viewer = await view(undefined, { recheckMs: 5 });
    scope = async () => NOTHING_OF_EVE;
    await until(() => viewer.sent.length === 2);
    expect(viewer.sent[1]).toMatchObject({
      event: 'snapshot',
      data: { items: [{ name: 'first' }] },
    });
  });

  it('ends when the viewer may see nothing any more', async () => {
    const viewer = await view(undefined, { recheckMs: 5 });
    scope = () => Promise.reject(new NotAllowedError('no'));
    await until(() => viewer.ended.aborted);
    expect(names(viewer.sent)).toEqual(['snapshot']);
  });

  it('counts what the viewer may see, and again when that has changed', async () => {
    index.setLive(job('secret', { owner: 'eve', state: 'failed' }));
    const viewer = await view(undefined, {
      first: NOTHING_OF_EVE,
      counts: true,
    });
    const counts = () => viewer.sent.filter(({ event }) => event === 'counts');
    await until(() => counts().length === 1);
    expect(counts()[0].data).toEqual({ total: 1, states: { running: 1 } });
    index.setLive(job('secret', { owner: 'eve', state: 'stopped' }));
    index.setLive(job('second', { state: 'failed' }));
    index.setLive(job('third', { state: 'failed' }));
    await until(() => counts().length === 2);
    expect(counts()[1].data).toEqual({
      total: 3,
      states: { running: 1, failed: 2 },
    });
    await viewer.leave();
    const again = await view(viewer.lastId(), {
      first: NOTHING_OF_EVE,
      counts: true,
    });
    await until(() => again.sent.length === 2);
    expect(names(again.sent)).toEqual(['counts', 'clusters']);
  });

  it('tells of the run that went and of the one that has its name', async () => {
    const viewer = await view();
    index.setGone(job('first', { state: 'stopped', reason: 'Deleted' }));
    index.removeLive(job('first'));
    index.setLive(job('first', { uid: 'new' }));
    await until(() => viewer.sent.length === 4);
    expect(viewer.sent.slice(1)).toMatchObject([
      { event: 'upsert', data: { uid: 'uid-first', state: 'stopped' } },
      { event: 'remove', data: { name: 'first', uid: 'uid-first' } },
      { event: 'upsert', data: { uid: 'new', state: 'running' } },
    ]);
    tellOfClusters();
    await until(() => viewer.sent.at(-1)?.event === 'clusters');
  });
});
