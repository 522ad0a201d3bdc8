import { PODS } from '@ml-platform/kube';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { RAYJOBS, type JobSummary } from '@ml-platform/rayjob';
import { mockCredentials } from '@backstage/backend-test-utils';
import express from 'express';
import type { AddressInfo } from 'node:net';
import {
  startRealBackend,
  type RealBackend,
} from '../__testUtils__/realBackend';
import type { LogEnd, LogEvent } from '../logs/logTypes';
import { OpenLog } from '../logs/OpenLog';
import { CallLimit } from './CallLimit';
import { LogRoute } from './LogRoute';

const JOB = '/api/ray/jobs/c/training/j';
const ENDED = { jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' };
const RUNNING = { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' };
const TIME = '2026-11-23T21:06:46.000000001Z';

describe('a download', () => {
  it('says what is missing, and how many lines where that is known', async () => {
    async function* log(): AsyncGenerator<LogEvent, LogEnd> {
      const cursor = { kind: 'archive', attempt: 1, lines: 1 } as const;
      yield { type: 'lines', lines: [{ text: 'first' }], cursor };
      yield { type: 'gap', reason: 'Left out', lines: 1_234_567 };
      yield { type: 'lines', lines: [{ text: 'later' }], cursor };
      yield { type: 'gap', reason: 'Rotated away' };
      return { reason: 'deleted' };
    }
    const route = new LogRoute({
      logs: { open: async () => new OpenLog(log()) },
      authorizer: { requireForJob: async () => {} },
      limit: new CallLimit({ most: 1, what: 'logs', advice: '' }),
      closing: new AbortController().signal,
    });
    const app = express();
    app.get('/', (request, response) =>
      route.serve(
        request,
        response,
        { cluster: 'c', namespace: 'n', name: 'j' } as JobSummary,
        { source: 'driver' },
        mockCredentials.user(),
      ),
    );
    const server = app.listen(0);
    try {
      const { port } = server.address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}/`);
      await expect(response.text()).resolves.toBe(
        [
          'first',
          '[gap] Left out (1,234,567 lines are missing here)',
          'later',
          '[gap] Rotated away',
          '[deleted] The pod is gone, and the rest of its log with it',
          '',
        ].join('\n'),
      );
    } finally {
      server.close();
    }
  });
});

describe('the route of logs', () => {
  let api: FakeKubeApi;
  let backend: RealBackend;
  const leaving: AbortController[] = [];

  beforeAll(async () => {
    api = await FakeKubeApi.start();
    backend = await startRealBackend({
      clusters: [{ name: 'c', url: api.url }],
      ray: { logs: { maxStreamsPerUser: 3 } },
    });
    await backend.started;
  });

  afterEach(async () => {
    leaving.splice(0).forEach(one => one.abort());
    api.collection(PODS).delete('training/j-x');
    api.collection(RAYJOBS).delete('training/j');
  });

  afterAll(async () => {
    await backend.stop();
    await api.close();
  });

  async function ask(path: string, accept = 'text/plain') {
    const abort = new AbortController();
    leaving.push(abort);
    const response = await fetch(`${backend.baseUrl}${JOB}${path}`, {
      headers: { ...backend.headers, accept },
      signal: abort.signal,
    });
    return { response, leave: () => abort.abort() };
  }

  /** Status and words of an answer that is no log. */
  async function refusal(path: string, accept?: string) {
    const { response } = await ask(path, accept);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return [response.status, isJson ? JSON.parse(text).error.message : text];
  }

  async function put(status: object, uid: string, pod?: string) {
    api.put(RAYJOBS, {
      metadata: { name: 'j', namespace: 'training', uid },
      ...{ spec: {}, status },
    });
    if (pod) {
      api.put(PODS, {
        metadata: {
          name: pod,
          namespace: 'training',
          uid: `${uid}-${pod}`,
          ...{
            labels: {
              'app.kubernetes.io/created-by': 'kuberay-operator',
              'ray.io/originated-from-cr-name': 'j',
            },
          },
        },
        ...{
          spec: { containers: [{ name: 'ray-job-submitter' }] },
          status: {
            phase: 'Running',
            containerStatuses: [
              { name: 'ray-job-submitter', state: { running: {} } },
            ],
          },
        },
      });
    }
    let seen: string | undefined;
    while (seen !== uid) {
      const { response } = await ask('');
      seen = response.ok ? (await response.json()).summary.uid : undefined;
    }
  }

  it.each(['text/plain', 'text/event-stream'])(
    'says as an error why there is no log, before %s begins',
    async accept => {
      await put(ENDED, 'u1');
      const answers = await Promise.all([
        refusal('/logs?source=driver/99', accept),
        refusal('/logs', accept),
      ]);
      expect(answers).toEqual([
        [404, 'j has had 1 attempt; there is no attempt 99'],
        [410, expect.stringContaining('went with its pods')],
      ]);
      await expect(refusal('/logs?source=all', accept)).resolves.toEqual([
        410,
        expect.stringContaining('There is no log all of j any more'),
      ]);
      await expect(
        refusal('/logs?source=pod/j-x/ray-job-submitter', accept),
      ).resolves.toEqual([404, expect.stringContaining('no container')]);
    },
  );

  it('lets no user have too many logs open', async () => {
    await put(RUNNING, 'u2', 'j-x');
    const open = await Promise.all(
      [1, 2, 3].map(() => ask('/logs?follow=true')),
    );
    expect(open.map(({ response }) => response.status)).toEqual([
      200, 200, 200,
    ]);
    await expect(refusal('/logs?follow=true')).resolves.toEqual([
      429,
      expect.stringContaining('You have 3 logs open, which is the limit.'),
    ]);
    open[0].leave();
    let status = 429;
    while (status === 429) {
      ({
        response: { status },
      } = await ask('/logs?follow=true'));
    }
    expect(status).toBe(200);
  });

  it('does not mix the logs of two jobs that had the same name', async () => {
    const log = api.log('training', 'j-x', 'ray-job-submitter');
    await put(RUNNING, 'u3', 'j-x');
    log.append(TIME, 'of the first');
    const events = async (query: string) => {
      const { response } = await ask(`/logs${query}`, 'text/event-stream');
      return response.text();
    };
    const first = await events('');
    const id = /id: (\S+)/.exec(first)?.[1] ?? '';
    expect(first).toContain('of the first');
    expect(id).toMatch(/^u3~driver~/);
    log.rotate();
    await put(RUNNING, 'u4', 'j-x');
    log.append(TIME, 'of the second');
    const resumed = await events(`?cursor=${encodeURIComponent(id)}`);
    expect(resumed).toContain('created again under the same name');
    expect(resumed).toContain('of the second');
    await expect(refusal('/logs?uid=u3')).resolves.toEqual([
      410,
      expect.stringContaining('went with its pods'),
    ]);
    await expect(refusal('/logs?uid=u9')).resolves.toEqual([
      404,
      expect.stringContaining('u9'),
    ]);
  });
});
