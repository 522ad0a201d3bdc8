import type { ClusterStatus, PlatformStatus } from '../platform/platformStatus';
import { statusFaults } from './statusFaults';

const none = { allocatable: 0, requested: 0 };
const nodes = {
  total: 3,
  ready: 3,
  cpu: none,
  memory: none,
  gpu: none,
  gpus: [],
};
const well: ClusterStatus = {
  name: 'c',
  server: { ok: true, version: 'v1.34.0' },
  kuberay: { ok: true, version: 'v1.7.0' },
  nodes: { ok: true, ...nodes },
  rayClusters: { ok: true, total: 1 },
  jobs: { ok: true, byState: { failed: 3 } },
};

const messages = (status: Partial<PlatformStatus>) =>
  statusFaults({ clusters: [], ...status }).map(
    ({ part, message }) => `${part}: ${message}`,
  );
const ofCluster = (more: Partial<ClusterStatus>) =>
  messages({ clusters: [{ ...well, ...more }] });
const ofApplication = (sync: string, health: string, message?: string) =>
  messages({
    argocd: { ok: true, items: [{ name: 'jobs', sync, health, message }] },
  });

describe('statusFaults', () => {
  it('finds none where all works, even where jobs failed', () => {
    expect(ofCluster({})).toEqual([]);
  });

  it('says once that a cluster is not reachable', () => {
    expect(
      messages({
        clusters: [{ name: 'c', server: { ok: false, error: 'It is gone.' } }],
      }),
    ).toEqual([
      "cluster c: Couldn't reach the cluster: It is gone; check the address and your credentials with 'ml-platform doctor'",
    ]);
  });

  it('says once that KubeRay is missing', () => {
    const failed = { ok: false, error: 'KubeRay is not installed' } as const;
    expect(
      ofCluster({ kuberay: failed, rayClusters: failed, jobs: failed }),
    ).toEqual(["cluster c: Jobs don't start: KubeRay is not installed"]);
  });

  it('counts nodes that are not ready', () => {
    expect(ofCluster({ nodes: { ok: true, ...nodes, ready: 2 } })).toEqual([
      "cluster c: 1 of 3 nodes isn't ready; see why with 'kubectl get nodes'",
    ]);
  });

  it('takes a missing right for no fault', () => {
    const refused = { ok: false, error: 'forbidden', refused: true } as const;
    expect(ofCluster({ nodes: refused, jobs: refused })).toEqual([]);
  });

  it('tells an application on the way from one that is stuck', () => {
    expect(ofApplication('Synced', 'Progressing')).toEqual([]);
    expect(ofApplication('Synced', 'Degraded', 'No pods.')).toEqual([
      "application jobs: It is Degraded (No pods); see which of its objects fail in Argo CD, with 'argocd app get jobs'",
    ]);
    expect(ofApplication('OutOfSync', 'Missing')).toEqual([
      "application jobs: It is OutOfSync and Missing; see what differs with 'argocd app diff jobs', then sync it",
    ]);
  });

  it('says what the portal answers', () => {
    expect(
      messages({
        portal: { ok: false, error: "Couldn't reach the portal at http://p" },
      }),
    ).toEqual([
      "portal: Couldn't reach the portal at http://p; check that it runs, and the setting portal",
    ]);
  });
});
