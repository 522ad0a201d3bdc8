import { PODS } from '@ml-platform/kube';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import type { LogLinesAnswer } from '@ml-platform/backstage-plugin-ray-common';
import { RAYJOBS } from '@ml-platform/rayjob';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import {
  startRealBackend,
  type RealBackend,
} from '../__testUtils__/realBackend';

const LOGS = '/api/ray/jobs/c/training/j/logs';
const LINES = 20_000;
const timeOf = (i: number) =>
  new Date(Date.UTC(2026, 10, 23) + i * 1_000)
    .toISOString()
    .replace('Z', '000000Z');
const textOf = (i: number) =>
  i % 1_000 === 0 ? `ERROR in line ${i}` : `line ${i} ${'.'.repeat(40)}`;

describe('the routes of numbered lines', () => {
  let api: FakeKubeApi;
  let backend: RealBackend;

  beforeAll(async () => {
    api = await FakeKubeApi.start();
    backend = await startRealBackend({
      clusters: [{ name: 'c', url: api.url }],
      ray: { logs: { maxStreamsPerUser: 2 } },
    });
    await backend.started;
    const log = api.log('training', 'j-x', 'ray-job-submitter');
    for (let i = 1; i <= LINES; i += 1) {
      log.append(timeOf(i), textOf(i));
    }
    const submitter = {
      metadata: {
        name: 'j-x',
        namespace: 'training',
        labels: {
          'app.kubernetes.io/created-by': 'kuberay-operator',
          'ray.io/originated-from-cr-name': 'j',
        },
      },
      spec: { containers: [{ name: 'ray-job-submitter' }] },
      status: {
        phase: 'Running',
        containerStatuses: [
          { name: 'ray-job-submitter', state: { running: {} } },
        ],
      },
    };
    const job = {
      metadata: { name: 'j', namespace: 'training' },
      spec: {},
      status: { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' },
    };
    api.put(PODS, submitter);
    api.put(RAYJOBS, job);
    while (!(await ask('/lines')).ok);
  }, 30_000);

  afterAll(async () => {
    await backend.stop();
    await api.close();
  });

  function ask(path: string, signal?: AbortSignal) {
    return fetch(`${backend.baseUrl}${LOGS}${path}`, {
      headers: backend.headers,
      signal,
    });
  }

  async function lines(query: string) {
    const response = await ask(`/lines?${query}`);
    return response.json();
  }

  /** Follows a log until something of it is enough. */
  async function follow(
    query: string,
    isEnough: (answer: LogLinesAnswer) => boolean,
  ) {
    const leave = new AbortController();
    const response = await ask(`/lines/stream?${query}`, leave.signal);
    const answers: LogLinesAnswer[] = [];
    const decoder = new TextDecoder();
    const parser = createParser({
      onEvent: ({ data }) => answers.push(JSON.parse(data)),
    });
    for await (const bytes of response.body ?? []) {
      parser.feed(decoder.decode(bytes, { stream: true }));
      if (answers.some(isEnough)) {
        break;
      }
    }
    leave.abort();
    return answers;
  }

  async function search(query: string) {
    const response = await ask(`/search?${query}`);
    const events: EventSourceMessage[] = [];
    createParser({ onEvent: event => events.push(event) }).feed(
      await response.text(),
    );
    const of = (name: string) =>
      events
        .filter(({ event }) => event === name)
        .map(({ data }) => JSON.parse(data));
    return {
      numbers: of('matches').flatMap(({ lines: found }) =>
        found.map(({ number }: { number: number }) => number),
      ),
      steps: of('progress').flatMap(progress => progress.steps),
      end: of('end'),
    };
  }

  it('answers with any lines by their numbers', async () => {
    // Before it answers that there is no such line, it has read them all.
    const past = await lines(`from=${LINES + 1}`);
    expect(past).toMatchObject({ lines: [], last: LINES });
    await expect(lines('from=14142&count=2')).resolves.toEqual({
      source: 'driver/1',
      lasting: true,
      lines: [14_142, 14_143].map(number => ({
        number,
        time: timeOf(number),
        text: textOf(number),
      })),
      first: 1,
      last: LINES,
      state: 'following',
      missing: [],
    });
  });

  it('answers with the lines from a time on', async () => {
    const time = encodeURIComponent('2026-11-23T02:46:40.5+01:00');
    const answer = await lines(`time=${time}&count=1`);
    expect(answer.lines[0]).toMatchObject({ number: 6_401 });
    expect(answer.timeFound).toBe('yes');
    const later = await lines('time=2027-01-01T00:00:00Z');
    expect(later).toMatchObject({ lines: [], last: LINES, timeFound: 'no' });
  });

  it('numbers the lines of a container too', async () => {
    const source = 'pod/j-x/ray-job-submitter';
    const answer = await lines(`source=${source}&from=${LINES}`);
    expect(answer).toMatchObject({ source, lines: [{ number: LINES }] });
  });

  it('counts all lines that match, and tells of as many as are asked for', async () => {
    await expect(search('q=error&limit=3')).resolves.toMatchObject({
      numbers: [1_000, 2_000, 3_000],
      end: [{ reason: 'completed', matches: 20, searched: LINES }],
    });
    await expect(
      search('q=LINE%20%5Cd%2B9000&regex=true&from=10000'),
    ).resolves.toMatchObject({
      numbers: [19_000],
      end: [{ reason: 'completed', matches: 1, searched: LINES }],
    });
    const { end } = await search('q=error&matchCase=true');
    expect(end).toMatchObject([{ matches: 0 }]);
    await expect(search('level=error&limit=0')).resolves.toMatchObject({
      numbers: [],
      end: [{ matches: 20 }],
    });
  });

  it('has what is written afterwards', async () => {
    const log = api.log('training', 'j-x', 'ray-job-submitter');
    log.append(timeOf(LINES + 1), 'a new line');
    let answer = await lines(`from=${LINES + 1}`);
    while (answer.lines.length === 0) {
      answer = await lines(`from=${LINES + 1}`);
    }
    expect(answer.lines).toMatchObject([
      { number: LINES + 1, text: 'a new line' },
    ]);
  });

  it('gives equal lines once where they are to be folded', async () => {
    const log = api.log('training', 'j-x', 'ray-job-submitter');
    const { last } = await lines('from=1');
    const isThere = (answer: LogLinesAnswer) => answer.last >= last + 4;
    const following = follow('fold=true', isThere);
    for (let i = 1; i <= 3; i += 1) {
      log.append(timeOf(LINES + 2), `2026-11-23 00:00:0${i},5 WARNING hot`);
    }
    log.append(timeOf(LINES + 2), 'cool');
    const latest = (await following).flatMap(answer => answer.lines).slice(-2);
    expect(latest).toMatchObject([
      { number: last + 1, until: last + 3 },
      { number: last + 4, text: 'cool' },
    ]);
    const answer = await lines(`from=${last + 2}&fold=true`);
    expect(answer.lines).toEqual(latest);
    const found = await search('q=hot&fold=true');
    expect(found.numbers).toEqual([last + 1]);
    expect(found.steps.at(-1)).toMatchObject({
      matches: 3,
      line: last + 3,
      run: 1,
    });
    const rest = `from=${last + 2}&after=${last + 1}`;
    const others = await search(`q=hot&fold=true&${rest}`);
    expect(others.numbers).toEqual([]);
    expect(others.steps.at(-1)).toMatchObject({ matches: 2, run: 0, until: 2 });
  });

  it('follows a log with the latest lines, and tells each once', async () => {
    const log = api.log('training', 'j-x', 'ray-job-submitter');
    const { last } = await lines('from=1');
    const numbersOf = (answer: LogLinesAnswer) =>
      answer.lines.map(({ number }) => number);
    const following = follow('', answer => answer.last > last);
    const whole = follow('', ({ state }) => state === 'following');
    const first = (await whole)[0];
    expect(numbersOf(first).at(-1)).toBe(last);
    expect(first.lines).toHaveLength(300);
    log.append(timeOf(last + 1), 'one more');
    const told = (await following).flatMap(numbersOf);
    expect(told.at(-1)).toBe(last + 1);
    expect(new Set(told).size).toBe(told.length);
  });

  it('numbers merged logs as they were read, and says that it does', async () => {
    const answer = await lines('source=all&count=1');
    expect(answer).toMatchObject({
      source: 'all',
      lasting: false,
      lines: [{ number: 1, source: 'j-x/ray-job-submitter' }],
    });
  });

  it('has an end of the log of a container before its last restart', async () => {
    const source = 'pod/j-x/ray-job-submitter';
    const query = `source=${source}&previous=true`;
    const answers = await follow(query, ({ end }) => end !== undefined);
    expect(answers.find(({ end }) => end)).toMatchObject({
      source,
      end: 'completed',
    });
    await expect(search(`${query}&q=line%2014143`)).resolves.toMatchObject({
      numbers: [14_143],
    });
  });

  it('counts the requests of a user together with the logs that are followed', async () => {
    const leave = new AbortController();
    const path = '?follow=true';
    await Promise.all([ask(path, leave.signal), ask(path, leave.signal)]);
    for (const one of ['/lines', '/lines/stream', '/search?q=a']) {
      const refused = await ask(one);
      expect(refused.status).toBe(429);
      expect((await refused.json()).error.message).toContain('2 logs open');
    }
    leave.abort();
    let { status } = await ask('/lines');
    while (status === 429) {
      ({ status } = await ask('/lines'));
    }
    expect(status).toBe(200);
  });

  it.each(['/lines?uid=other', '/search?q=a&uid=other'])(
    'knows no other run: %s',
    async path => {
      expect((await ask(path)).status).toBe(404);
    },
  );

  it.each(['lines?', 'lines/stream?', 'search?q=a&'])(
    'says as an error why there is no log: %s',
    async path => {
      const ended = {
        metadata: { name: 'ended', namespace: 'training' },
        ...{
          spec: {},
          status: { jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' },
        },
      };
      api.put(RAYJOBS, ended);
      const url = `${backend.baseUrl}${LOGS.replace('/j/', '/ended/')}`;
      const of = async (source: string) => {
        const { headers } = backend;
        const answer = await fetch(`${url}/${path}source=${source}`, {
          headers,
        });
        return [answer.status, (await answer.json()).error.message];
      };
      while ((await of('driver'))[0] === 404);
      await expect(of('driver')).resolves.toEqual([
        410,
        expect.stringContaining('went with its pods'),
      ]);
      await expect(of('driver/7')).resolves.toEqual([
        404,
        expect.stringContaining('there is no attempt 7'),
      ]);
    },
  );

  it('tells where the matches are, and finds them between two lines', async () => {
    const { steps } = await search('q=error&limit=0');
    expect(steps.length).toBeGreaterThan(1);
    let before = { matches: 0, searched: 0 };
    for (const step of steps) {
      const { numbers } = await search(
        `q=error&from=${before.searched + 1}&to=${step.searched}`,
      );
      expect(numbers).toHaveLength(step.matches - before.matches);
      before = step;
    }
    expect(before).toMatchObject({ matches: 20 });
    const { steps: dense } = await search('q=line&limit=0&to=9000');
    const counts = dense.map(({ matches }) => matches);
    const grown = counts.map((count, i) => count - (counts[i - 1] ?? 0));
    expect(Math.max(...grown)).toBeLessThanOrEqual(5_000);
    expect(counts.at(-1)).toBe(9_000);
  });

  it('stops a search that nobody waits for', async () => {
    const leave = new AbortController();
    const response = await ask('/search?q=line&limit=10000', leave.signal);
    leave.abort();
    await expect(response.text()).rejects.toThrow('abort');
    await expect(search('q=error&limit=0')).resolves.toMatchObject({
      end: [{ matches: 20 }],
    });
  });
});
