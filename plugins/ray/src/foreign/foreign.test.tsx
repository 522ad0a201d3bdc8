import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import type { JobEvent, JobSummary } from '@ml-platform/rayjob';

import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aDetail, aJob, aList } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';
import { foreignText } from './foreignText';
import { ownerName, ownerRef } from './ownerRef';

const SCRIPT = ['javascript', 'alert(1)'].join(':');

/** What people, tools and mistakes put into labels, annotations and messages. */
const TEXTS: readonly string[] = [
  '',
  ' ',
  ':',
  '::',
  '/',
  'user:',
  'user:/',
  'user:default/',
  ':default/guest',
  'user:default/a b',
  'user:default/../../x',
  'system:serviceaccount:ci:bot',
  'system:admin',
  'https://sso.example/users/42',
  'alice@example.com',
  SCRIPT,
  'data:text/html,<b>x</b>',
  '<img src=x onerror=alert(1)>',
  '%',
  '%E0%A4%A',
  '${constructor}',
  '__proto__',
  'constructor',
  'toString',
  'null',
  '-1',
  '\u202egnp.exe',
  '\u0000\u001b[31mred\u001b]0;x',
  'a\nb\r\nc',
  '\ud800',
  '漢字 مرحبا 👨‍👩‍👧‍👦',
  'x'.repeat(10_000),
];

/** What a manifest in git can hold where a text belongs. */
const OTHERS: readonly unknown[] = [42, true, null, {}, [], { a: { b: 1 } }];

/** A job with the same value in every field that others write. */
function jobOf(value: unknown): JobSummary {
  const text = value as string;
  return {
    ...aJob({ name: 'run-a' }),
    owner: text,
    workload: text,
    version: text,
    image: text,
    entrypoint: text,
    reason: text,
    message: text,
    state: 'queued',
    queue: { name: text, clusterQueue: text, position: 1 },
    gitops: {
      path: text,
      pullRequestUrl: text,
      manifestUrl: text,
      sourceCommit: text,
    },
  };
}

function detailOf(value: unknown): JobDetail {
  const text = value as string;
  return aDetail(jobOf(value), {
    attempts: [
      { attempt: 1, rayCluster: text, state: 'running', reason: text },
    ],
    conditions: [
      {
        type: text,
        status: 'True',
        reason: text,
        message: text,
        lastTransitionTime: text,
      },
    ],
    dashboards: [{ title: text, url: text }],
    pods: [
      {
        name: text,
        role: 'worker',
        group: text,
        node: text,
        phase: text,
        createdAt: text,
        reason: text,
        message: text,
        containers: [
          {
            name: text,
            image: text,
            ready: false,
            restartCount: 1,
            state: 'waiting',
            reason: text,
          },
        ],
      },
    ],
  });
}

function eventOf(value: unknown): JobEvent {
  const text = value as string;
  return {
    type: 'Warning',
    reason: text,
    message: text,
    count: 2,
    firstSeen: text,
    lastSeen: text,
    object: { kind: text, name: text },
  };
}

describe('texts that others wrote', () => {
  const values = [...TEXTS, ...OTHERS];
  const titles = values.map(value => JSON.stringify(value).slice(0, 40));
  const table = values.map((value, index) => [titles[index], value] as const);

  async function open(path: string, value: unknown) {
    const api = new FakeRayApi();
    api.detail = detailOf(value);
    api.events = [eventOf(value), eventOf(value)];
    renderRay({ api, path });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    await api.sendJobs({ event: 'snapshot', data: aList([jobOf(value)]) });
  }

  it.each(table)('break no page: %s', async (_, value) => {
    await open('', value);
    expect(screen.getByRole('link', { name: 'run-a' })).toBeInTheDocument();
    expect(screen.queryByText(/Couldn't show/)).toBeNull();
    cleanup();

    await open('/jobs/workload-cluster/training/run-a', value);
    await screen.findByRole('heading', { name: 'run-a', level: 1 });
    expect(
      screen.getByRole('table', { name: 'Pods and containers' }),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Couldn't show/)).toBeNull();
    expect(document.querySelector('img[src="x"]')).toBeNull();
    for (const link of screen.getAllByRole('link')) {
      expect(link.getAttribute('href')).toMatch(/^(\/|https:\/\/sso\.)/);
    }
    cleanup();

    await open('/jobs/workload-cluster/training/run-a/events', value);
    const events = await screen.findByRole('table', { name: 'Events' });
    expect(within(events).getAllByRole('row')).toHaveLength(3);
  });

  it('replace only the part of a page that they break', async () => {
    const logged = jest.spyOn(console, 'error').mockImplementation(() => {});
    const broken = { ...aJob({ name: 'run-b' }), resources: undefined };
    const api = new FakeRayApi();
    api.detail = {
      ...aDetail(aJob({ name: 'run-a' })),
      conditions: [undefined],
    } as unknown as JobDetail;
    renderRay({ api, path: '/jobs/workload-cluster/training/run-a' });
    expect(
      await screen.findByText("Couldn't show", { exact: false }),
    ).toHaveTextContent(/the section “Ray cluster”/);
    expect(screen.getByRole('heading', { name: 'run-a' })).toBeInTheDocument();
    expect(screen.getByText('python train.py')).toBeInTheDocument();
    cleanup();

    // Only a wide screen shows the column with the resources.
    window.innerWidth = 1600;
    const list = new FakeRayApi();
    renderRay({ api: list });
    await waitFor(() => expect(list.jobStreams).toHaveLength(1));
    await list.sendJobs({
      event: 'snapshot',
      data: aList([broken as unknown as JobSummary, aJob({ name: 'run-c' })]),
    });
    expect(screen.getByText(/Couldn't show/)).toHaveTextContent(/run-b/);
    expect(screen.getByRole('link', { name: 'run-c' })).toBeInTheDocument();
    window.innerWidth = 1024;
    logged.mockRestore();
  });
});

describe('ownerRef', () => {
  it.each([
    ['user:default/guest', 'user', 'default', 'guest'],
    ['user:guest', 'user', 'default', 'guest'],
    ['Group:team-a/ml', 'Group', 'team-a', 'ml'],
  ])('reads %s', (owner, kind, namespace, name) => {
    expect(ownerRef(owner)).toEqual({ kind, namespace, name });
    expect(ownerName(owner)).toBe(name);
  });

  it.each(TEXTS)('treats %j as text', owner => {
    expect(ownerRef(owner)).toBeUndefined();
    expect(ownerName(owner)).toBe(foreignText(owner));
  });
});

describe('foreignText', () => {
  it.each([
    [undefined, ''],
    [null, ''],
    [1.5, '1.5'],
    [{ a: 1 }, '{"a":1}'],
    ['a\r\nb\nc', 'a\nb\nc'],
    ['\u001b[31mred\u001b[0m \u202ex', 'red <U+202E>x'],
  ])('shows %j as %j', (value, text) => {
    expect(foreignText(value)).toBe(text);
  });
});
