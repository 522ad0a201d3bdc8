import type {
  LogLinesEvent,
  LogSearchEvent,
} from '@ml-platform/backstage-plugin-ray-common';
import { registerMswTestHooks } from '@backstage/test-utils';
import { waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { LogClient } from './LogClient';

const BASE = 'http://portal.test/api/ray';
const run = {
  cluster: 'workload-cluster',
  namespace: 'training',
  name: 'hello-ray-20251201-120000',
  uid: 'a&b',
};
const LOGS = `${BASE}/jobs/workload-cluster/training/${run.name}/logs`;
const driver = { source: 'driver', previous: false };

describe('LogClient', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const client = new LogClient({
    fetchApi: {
      fetch: (input, init) =>
        fetch(String(input).replace('plugin://ray', BASE), init),
    },
  });
  let asked: string[] = [];
  beforeEach(() => {
    asked = [];
  });

  function answer(view: string, body: string, type = 'text/event-stream') {
    server.use(
      http.get(`${LOGS}${view}`, ({ request }) => {
        asked.push(new URL(request.url).search);
        return new HttpResponse(body, { headers: { 'content-type': type } });
      }),
    );
  }

  it('asks for lines of one run, and leaves out what is off', async () => {
    answer('/lines', '{"lines":[{"number":7,"text":"a"}]}', 'application/json');
    const { lines } = await client.readLines(run, {
      ...driver,
      from: 7,
      count: 1,
    });
    expect(lines).toEqual([{ number: 7, text: 'a' }]);
    expect(asked).toEqual(['?source=driver&from=7&count=1&uid=a%26b']);
  });

  it('follows a log until it ends', async () => {
    answer(
      '/lines/stream',
      'event: log\ndata: {"last":1}\n\nevent: new\ndata: {}\n\nevent: end\ndata: {"reason":"completed"}\n\n',
    );
    const events: LogLinesEvent[] = [];
    client.follow(run, driver, {
      onEvent: event => events.push(event),
      onState: () => {},
    });
    await waitFor(() => expect(events).toHaveLength(2));
    expect(events.map(({ event }) => event)).toEqual(['log', 'end']);
    expect(asked).toEqual(['?source=driver&uid=a%26b']);
  });

  const search = (onEvent: (event: LogSearchEvent) => void = () => {}) =>
    client.search(
      run,
      { ...driver, q: 'a b', regex: true, from: 1, limit: 0 },
      { onEvent, signal: new AbortController().signal },
    );

  it('passes on what a search finds', async () => {
    answer(
      '/search',
      'event: matches\ndata: {"lines":[]}\n\nevent: end\ndata: {"reason":"completed"}\n\n',
    );
    const events: LogSearchEvent[] = [];
    await search(event => events.push(event));
    expect(events.map(({ event }) => event)).toEqual(['matches', 'end']);
    expect(asked).toEqual([
      '?source=driver&q=a+b&regex=true&from=1&limit=0&uid=a%26b',
    ]);
  });

  it('says why a search is refused, or not through', async () => {
    answer('/search', 'event: progress\ndata: {}\n\n');
    await expect(search()).rejects.toThrow('before the search was through');
    const error = { name: 'InputError', message: "q isn't a pattern" };
    server.use(
      http.get(`${LOGS}/search`, () =>
        HttpResponse.json({ error }, { status: 400 }),
      ),
    );
    await expect(search()).rejects.toThrow("q isn't a pattern");
  });

  it('downloads the whole log', async () => {
    answer('', 'a\nb\n', 'text/plain');
    const blob = await client.download(run, driver);
    expect(blob.size).toBe(4);
    expect(asked).toEqual(['?source=driver&uid=a%26b']);
  });
});
