import { describeBytes, JOB_STATES } from '@ml-platform/rayjob';
import {
  isApplicationWell,
  type ClusterStatus,
  type NodesStatus,
  type PlatformStatus,
  type Probe,
} from '@ml-platform/sdk';
import type { CheckRow } from '../../output/checkTable';

/** A row of a probe: what it tells, or why there is no answer. */
function row<Answer>(
  part: string,
  answer: Probe<Answer>,
  tell: (answer: Answer) => string | Omit<CheckRow, 'part'>,
): CheckRow {
  if (!answer.ok) {
    const result = answer.refused ? 'unknown' : 'fail';
    return { part, result, detail: answer.error };
  }
  const told = tell(answer);
  return typeof told === 'string'
    ? { part, result: 'ok', detail: told }
    : { part, ...told };
}

const cores = (milliCpu: number) =>
  String(Number((milliCpu / 1_000).toFixed(1)));

const only = (namespace: string | undefined) =>
  namespace === undefined ? '' : ` in ${namespace}, which is all you may see`;

function* nodeRows(nodes: Probe<NodesStatus>): Generator<CheckRow> {
  yield row('  Nodes', nodes, ({ total, ready }) => ({
    result: ready === total ? 'ok' : 'fail',
    detail: `${ready} of ${total} ready`,
  }));
  if (!nodes.ok) {
    return;
  }
  const amounts = [
    ['  CPU', nodes.cpu, cores],
    ['  Memory', nodes.memory, describeBytes],
    ['  GPU', nodes.gpu, String],
  ] as const;
  for (const [part, { allocatable, requested }, text] of amounts) {
    const free = Math.max(0, allocatable - requested);
    yield {
      part,
      result: 'ok',
      detail: `${text(free)} free of ${text(allocatable)}`,
    };
  }
}

function* clusterRows(cluster: ClusterStatus): Generator<CheckRow> {
  const { name, server, kuberay, nodes, rayClusters, jobs, queues } = cluster;
  yield row(
    `Cluster ${name}`,
    server,
    ({ version }) => `Kubernetes ${version}`,
  );
  if (kuberay) {
    yield row('  KubeRay', kuberay, ({ version }) => version ?? 'installed');
  }
  if (nodes) {
    yield* nodeRows(nodes);
  }
  if (rayClusters) {
    yield row(
      '  Ray clusters',
      rayClusters,
      ({ total, namespace }) => `${total}${only(namespace)}`,
    );
  }
  if (jobs) {
    yield row(
      '  Jobs',
      jobs,
      ({ byState, namespace }) =>
        (JOB_STATES.filter(state => byState[state])
          .map(state => `${byState[state]} ${state}`)
          .join(', ') || 'none') + only(namespace),
    );
  }
  if (queues && !queues.ok) {
    yield row('  Queues', queues, () => '');
  }
  for (const queue of queues?.ok ? queues.items : []) {
    yield {
      part: `  Queue ${queue.namespace}/${queue.name}`,
      result: 'ok',
      detail: `${queue.admitted} admitted, ${queue.pending} waiting, of ${queue.clusterQueue}`,
    };
  }
}

/** The platform as rows: each cluster with its parts, Argo CD and the portal. */
export function statusRows(status: PlatformStatus): readonly CheckRow[] {
  const { clusters, argocd, portal } = status;
  const applications = argocd?.ok ? argocd.items : [];
  return [
    ...clusters.flatMap(cluster => [...clusterRows(cluster)]),
    ...(argocd
      ? [
          row('Argo CD', argocd, ({ items }) =>
            items.length === 1
              ? '1 application'
              : `${items.length} applications`,
          ),
        ]
      : []),
    ...applications.map((application): CheckRow => ({
      part: `  ${application.name}`,
      result: isApplicationWell(application) ? 'ok' : 'fail',
      detail: `${application.sync}, ${application.health}`,
    })),
    ...(portal ? [row('Portal', portal, ({ url }) => url)] : []),
  ];
}
