import type { JobSummary } from '@ml-platform/rayjob';
import type {
  RayLogRequest,
  RayLogSource,
} from '@ml-platform/backstage-plugin-ray-node';
import { encodeLogCursor } from '@ml-platform/sdk';
import type { Clusters } from '../clusters/Clusters';
import { JobIndex } from '../jobs/JobIndex';
import { LogHub } from './LogHub';
import { LogOpeners } from './LogOpeners';
import { LogService } from './LogService';
import type { LogEvent } from './logTypes';

const JOB: JobSummary = {
  cluster: 'c',
  namespace: 'training',
  name: 'j',
  uid: 'u',
  state: 'running',
  createdAt: '2026-11-23T21:06:21Z',
  attempt: 1,
  resources: { cpu: 0, memory: 0, gpu: 0, accelerators: {} },
  workers: { desired: 0, ready: 0 },
};

describe('LogService', () => {
  const requests: RayLogRequest[] = [];
  const source = (name: string, has: boolean): RayLogSource => ({
    name,
    has: async ({ source: id }) => has && id === 'driver',
    async *open(request) {
      requests.push(request);
      yield { type: 'lines', lines: [{ text: name }], cursor: `${name} 1` };
      return 'completed';
    },
  });
  const service = new LogService({
    hub: new LogHub({ maxBytes: 1_000, lingerMs: 0 }),
    openers: new LogOpeners({
      // The cluster is asked only for what no source has.
      clusters: { podsOf: () => [] } as Pick<Clusters, 'podsOf'> as Clusters,
      index: new JobIndex(),
      sources: [source('empty', false), source('store', true)],
    }),
  });

  beforeEach(() => {
    requests.length = 0;
  });

  const open = (more: { source?: string; cursor?: string } = {}) =>
    service.open({
      job: JOB,
      source: 'driver',
      follow: false,
      previous: false,
      signal: new AbortController().signal,
      ...more,
    });

  async function read(cursor?: string): Promise<LogEvent[]> {
    const log = await open({ cursor });
    const events: LogEvent[] = [];
    let next = await log.next();
    for (; !next.done; next = await log.next()) {
      events.push(next.value);
    }
    return events;
  }

  it('reads the first source that has the log, and opens no other', async () => {
    const cursor = { kind: 'source', text: 'store 1' } as const;
    await expect(read()).resolves.toEqual([
      { type: 'lines', lines: [{ text: 'store' }], cursor },
    ]);
    await read(encodeLogCursor('u', cursor));
    expect(requests.map(request => request.cursor)).toEqual([
      undefined,
      'store 1',
    ]);
  });

  it('begins anew at a place in the log of another run, and says so', async () => {
    const text = encodeLogCursor('other', { kind: 'source', text: 'store 1' });
    const events = await read(text);
    expect(events.map(({ type }) => type)).toEqual(['gap', 'lines']);
    expect(requests.map(({ cursor }) => cursor)).toEqual([undefined]);
  });

  it.each([
    ['driver/2', 'NotFoundError'],
    ['driver/1', 'LogLostError'],
    ['pod/x/y', 'NotFoundError'],
    ['pod/x', 'InputError'],
    ['elsewhere', 'InputError'],
  ])('refuses %s with a %s', async (id, name) => {
    await expect(open({ source: id })).rejects.toMatchObject({ name });
  });

  it('refuses a damaged cursor', async () => {
    await expect(open({ cursor: 'x' })).rejects.toThrow('without it');
  });
});
