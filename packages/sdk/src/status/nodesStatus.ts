import {
  PODS,
  readList,
  resourcePath,
  type KubeClient,
} from '@ml-platform/kube';
import {
  nodeCapacity,
  NodeLedger,
  podClaim,
  type KubernetesNode,
  type NodesStatus,
  type Pod,
} from '@ml-platform/rayjob';

/** What the nodes have, and what pods that have not ended have asked for. */
export async function nodesStatus(
  client: KubeClient,
  signal: AbortSignal,
): Promise<NodesStatus> {
  const ledger = new NodeLedger();
  const { items } = await client.json<{
    readonly items: readonly KubernetesNode[];
  }>({ path: '/api/v1/nodes', signal });
  for (const node of items) {
    ledger.putNode(node.metadata.name, nodeCapacity(node));
  }
  await readList<Pod>({
    client,
    path: resourcePath(PODS),
    query: {
      fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed',
    },
    pageSize: 500,
    signal,
    onItem: pod =>
      ledger.putPod(
        `${pod.metadata.namespace}/${pod.metadata.name}`,
        podClaim(pod),
      ),
    onRestart: () => ledger.clearPods(),
  });
  return ledger.status;
}
