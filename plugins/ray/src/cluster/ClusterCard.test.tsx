import { InputError } from '@backstage/errors';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { ClusterDetail } from '@ml-platform/backstage-plugin-ray-common';
import { ENTITY_ANNOTATION_CLUSTER } from '@ml-platform/rayjob';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeClusterApi } from '../__testUtils__/FakeClusterApi';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aList } from '../__testUtils__/jobs';
import { aRayCluster } from '../__testUtils__/rayClusters';
import { renderRay } from '../__testUtils__/renderRay';
import { ClusterCard } from './ClusterCard';
import { isCluster } from './clusterOf';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name: 'gpu',
    annotations: { [ENTITY_ANNOTATION_CLUSTER]: 'gpu' },
  },
};

const GiB = 1024 ** 3;

const CLUSTER: ClusterDetail = {
  name: 'gpu',
  title: 'GPU cluster',
  reachable: true,
  reachableSince: '2025-12-01T12:00:00Z',
  version: 'v1.34.4',
  kuberay: { ok: true, version: 'v1.7.0' },
  nodes: {
    ok: true,
    total: 2,
    ready: 2,
    cpu: { allocatable: 8_000, requested: 6_500 },
    memory: { allocatable: 16 * GiB, requested: 4 * GiB },
    gpu: { allocatable: 4, requested: 4 },
    gpus: [{ type: 'nvidia-l4', allocatable: 4, requested: 4 }],
  },
  kueue: 'present',
  queues: [
    {
      name: 'gpus',
      localQueues: [
        {
          namespace: 'training',
          name: 'team',
          stopped: false,
          ordered: true,
          waiting: 12,
          admitted: 3,
        },
      ],
      next: [
        {
          position: 1,
          priority: 100,
          createdAt: '2025-12-01T12:00:00Z',
          job: { namespace: 'training', name: 'first' },
        },
        { position: 2, priority: 0, createdAt: '2025-12-01T12:00:00Z' },
      ],
    },
  ],
  rayClusters: [aRayCluster],
};

describe('the catalog page of a cluster', () => {
  let api: FakeRayApi;
  let clusterApi: FakeClusterApi;

  async function show(change: Partial<ClusterDetail> = {}) {
    api = new FakeRayApi();
    clusterApi = new FakeClusterApi();
    renderRay({
      api,
      clusterApi,
      element: (
        <EntityProvider entity={entity}>
          <ClusterCard />
        </EntityProvider>
      ),
    });
    await waitFor(() => expect(clusterApi.streams).toHaveLength(1));
    await clusterApi.send({ ...CLUSTER, ...change });
  }

  const section = (name: string) =>
    within(screen.getByRole('region', { name }));

  it('belongs to clusters that hold jobs', () => {
    expect(isCluster(entity)).toBe(true);
    expect(isCluster({ ...entity, metadata: { name: 'gpu' } })).toBe(false);
  });

  it('shows versions and what is free', async () => {
    await show();
    expect(section('Cluster').getByText('v1.34.4')).toBeInTheDocument();
    expect(section('Cluster').getByText('v1.7.0')).toBeInTheDocument();
    const rows = section('Free and used').getAllByRole('listitem');
    expect(rows.map(row => row.textContent)).toEqual([
      'CPU1.5 CPU free of 8 CPU, 81 % used',
      'Memory12 GiB free of 16 GiB, 25 % used',
      'GPU nvidia-l40 free of 4, 100 % used',
    ]);
  });

  it('counts the jobs that run and wait, and links to them', async () => {
    await show();
    await api.sendJobs(
      { event: 'snapshot', data: aList([], { total: 1_200 }) },
      {
        event: 'counts',
        data: { total: 1_200, states: { running: 3, queued: 9 } },
      },
    );
    expect(screen.getByRole('link', { name: '3 Running' })).toHaveAttribute(
      'href',
      '/ray?cluster=gpu&state=running',
    );
    expect(screen.getByRole('link', { name: /^9 Waiting/ })).toHaveAttribute(
      'href',
      expect.stringContaining('state=queued'),
    );
    expect(
      screen.getByRole('link', { name: /^1,200 All/ }),
    ).toBeInTheDocument();
  });

  it('shows the order of a queue, and names no job that one may not see', async () => {
    await show();
    expect(
      section('Queues').getByRole('link', { name: 'first' }),
    ).toHaveAttribute('href', '/ray/jobs/gpu/training/first');
    expect(
      section('Queues').getByText(/A job that you may not see/),
    ).toBeVisible();
    expect(section('Queues').getByText('10 more behind them')).toBeVisible();
  });

  it('scales a group within its limits, and says why it was refused', async () => {
    await show();
    const user = userEvent.setup();
    const field = section('Ray clusters').getByRole('textbox');
    const button = section('Ray clusters').getByRole('button', {
      name: 'Scale',
    });
    expect(button).toBeDisabled();
    await user.clear(field);
    await user.type(field, '5');
    expect(button).toBeDisabled();
    await user.clear(field);
    await user.type(field, '3');
    await user.click(button);
    expect(clusterApi.scalings).toEqual(['shared workers 3']);
    clusterApi.failure = new InputError('workers may have from 0 to 2 workers');
    await user.click(button);
    expect(
      await section('Ray clusters').findByText(/may have from 0 to 2/),
    ).toBeInTheDocument();
  });

  it.each([
    [
      'git owns it',
      { application: 'jobs-training' },
      /change the number in git/,
    ],
    ['Ray scales it', { autoscaling: true }, /autoscaler decides/],
  ])('offers no scaling where %s', async (_, change, text) => {
    await show({ rayClusters: [{ ...aRayCluster, ...change }] });
    expect(section('Ray clusters').getByText(text)).toBeInTheDocument();
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('says what is wrong, and why nothing is known', async () => {
    await show({
      reachable: false,
      error: 'It does not answer',
      nodes: { ok: false, error: 'nodes is forbidden' },
      kueue: 'absent',
      rayClusters: [],
    });
    expect(screen.getByText('It does not answer')).toBeVisible();
    expect(screen.getByText(/nodes is forbidden/)).toBeVisible();
    expect(screen.queryByRole('region', { name: 'Queues' })).toBeNull();
    await act(async () =>
      clusterApi.streams[0].onState({
        kind: 'failed',
        error: new Error('There is no cluster gpu'),
      }),
    );
    expect(screen.getByRole('button', { name: 'Retry' })).toBeVisible();
  });
});
