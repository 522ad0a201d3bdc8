import { added, changesOf, recording } from '../__testUtils__/recordings';
import type { RayCluster, RayClusterStatus } from '../crd/rayCluster';
import type { Pod } from '../kube/objects';
import { clusterStatus, clusterStatusChanged } from './clusterStatus';

/** Less what tells of the moment only. */
function telling(status: RayClusterStatus | undefined) {
  const { lastUpdateTime: _, stateTransitionTimes, ...rest } = status ?? {};
  return JSON.parse(
    JSON.stringify({
      ...rest,
      states: Object.keys(stateTransitionTimes ?? {}),
      conditions: rest.conditions?.map(
        ({ lastTransitionTime, ...condition }) => condition,
      ),
    }),
  );
}

/**
 * Walks through the recorded pod changes and collects each status that differs
 * from the one before.
 */
function statusesFrom(scenario: 'success' | 'sidecar-mode' | 'http-mode') {
  const from = recording(scenario);
  const [cluster] = added(from, 'RayCluster');
  const service = added(from, 'Service').find(
    ({ metadata }) => metadata.name === `${cluster.metadata.name}-head-svc`,
  );
  const pods = new Map<string, Pod>();
  let current: RayCluster = cluster;
  const statuses: RayClusterStatus[] = [];
  for (const { type, object } of changesOf(from, 'Pod')) {
    const { name } = object.metadata;
    const known = pods.get(name);
    const isOfCluster = (known ?? object).metadata.labels?.['ray.io/cluster'];
    if (
      isOfCluster &&
      type !== 'DELETED' &&
      !object.metadata.deletionTimestamp
    ) {
      pods.set(name, known ? { ...known, status: object.status } : object);
      const status = clusterStatus({
        cluster: current,
        pods: [...pods.values()],
        headService: service,
        failure: undefined,
        now: Date.parse('2026-11-23T21:06:21Z'),
      });
      if (clusterStatusChanged(current.status, status)) {
        current = { ...current, status };
        statuses.push(status);
      }
    }
  }
  const recorded = changesOf(from, 'RayCluster')
    .filter(({ type, object }) => type === 'MODIFIED' && object.status)
    .map(({ object }) => object.status);
  return { statuses, recorded };
}

describe.each(['success', 'http-mode', 'sidecar-mode'] as const)(
  'the statuses of the recorded RayCluster of %s',
  scenario => {
    const { statuses, recorded } = statusesFrom(scenario);

    it('all come about from its pods', () => {
      const made = statuses.map(telling);
      for (const status of recorded) {
        expect(made).toContainEqual(telling(status));
      }
    });

    it('end as recorded', () => {
      expect(telling(statuses.at(-1))).toEqual(telling(recorded.at(-1)));
    });
  },
);
