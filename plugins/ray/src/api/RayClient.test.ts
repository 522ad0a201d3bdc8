import { registerMswTestHooks } from '@backstage/test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { aDetail, aJob, aList } from '../__testUtils__/jobs';
import { RayClient } from './RayClient';

const BASE = 'http://portal.test/api/ray';
const ref = {
  cluster: 'workload-cluster',
  namespace: 'training',
  name: 'hello-ray-20251201-120000',
};
const JOB = `${BASE}/jobs/workload-cluster/training/${ref.name}`;

describe('RayClient', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const client = new RayClient({
    fetchApi: {
      fetch: (input, init) =>
        fetch(String(input).replace('plugin://ray', BASE), init),
    },
  });

  it('requests jobs with each part of the filter', async () => {
    let asked = '';
    server.use(
      http.get(`${BASE}/jobs`, ({ request }) => {
        asked = new URL(request.url).search;
        return HttpResponse.json(aList([aJob()]));
      }),
    );
    const list = await client.listJobs({
      filter: {
        state: ['running', 'failed'],
        owner: ['user:default/a'],
        q: ' x ',
      },
      sort: '-duration',
      limit: 50,
      cursor: 'c',
    });
    expect(list.items[0].name).toBe(ref.name);
    expect(asked).toBe(
      '?state=running&state=failed&owner=user%3Adefault%2Fa&q=x&sort=-duration&limit=50&cursor=c',
    );
  });

  it('reads a job, its events and its manifest', async () => {
    server.use(
      http.get(JOB, () => HttpResponse.json(aDetail(aJob()))),
      http.get(`${JOB}/events`, () =>
        HttpResponse.json({ items: [{ reason: 'Created' }] }),
      ),
      http.get(
        `${JOB}/manifest`,
        () =>
          new HttpResponse('kind: RayJob\n', {
            headers: { 'content-type': 'application/yaml' },
          }),
      ),
    );
    expect((await client.getJob(ref)).summary.name).toBe(ref.name);
    expect(await client.getEvents(ref)).toEqual({
      items: [{ reason: 'Created' }],
    });
    expect(await client.getManifest(ref)).toBe('kind: RayJob\n');
  });

  it('requests one run by its uid', async () => {
    const asked: string[] = [];
    const answer = ({ request }: { readonly request: Request }) => {
      const { pathname, search } = new URL(request.url);
      asked.push(`${pathname.split('/').pop()}${search}`);
      return HttpResponse.json(aDetail(aJob()));
    };
    server.use(http.get(JOB, answer));
    await client.getJob({ ...ref, uid: 'a&b' });
    expect(asked).toEqual([`${ref.name}?uid=a%26b`]);
  });

  it('passes on why the backend refuses', async () => {
    server.use(
      http.post(`${JOB}/stop`, () =>
        HttpResponse.json(
          {
            error: { name: 'ConflictError', message: 'has ended' },
            response: { statusCode: 409 },
          },
          { status: 409 },
        ),
      ),
    );
    await expect(client.stopJob(ref)).rejects.toThrow(/has ended/);
  });

  it.each([
    ['stopJob', 'POST', `${JOB}/stop`],
    ['retryJob', 'POST', `${JOB}/retry`],
    ['deleteJob', 'DELETE', JOB],
  ] as const)('answers what became of %s', async (method, verb, url) => {
    const answer = { via: 'git', job: ref, pullRequestUrl: 'http://git/1' };
    const handler = verb === 'POST' ? http.post : http.delete;
    server.use(handler(url, () => HttpResponse.json(answer, { status: 202 })));
    expect(await client[method](ref)).toEqual(answer);
  });

  it('asks for a sync, and passes on why it is refused', async () => {
    const url = `${JOB}/sync`;
    server.use(http.post(url, () => HttpResponse.json({}, { status: 202 })));
    await client.syncJob(ref);
    const error = { name: 'ConflictError', message: 'syncs already' };
    server.use(
      http.post(url, () => HttpResponse.json({ error }, { status: 409 })),
    );
    await expect(client.syncJob(ref)).rejects.toThrow('syncs already');
  });
});
