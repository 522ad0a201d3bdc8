import {
  PODS,
  readList,
  resourcePath,
  type KubeClient,
} from '@ml-platform/kube';
import { parseBytes, parseCpu, parseQuantity } from '@ml-platform/rayjob';
import type { NodesStatus } from '../platform/platformStatus';

type Amounts = Readonly<Record<string, string>>;

interface Node {
  readonly spec?: { readonly unschedulable?: boolean };
  readonly status?: {
    readonly allocatable?: Amounts;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
    }[];
  };
}

interface ScheduledPod {
  readonly spec?: {
    readonly nodeName?: string;
    readonly containers?: readonly {
      readonly resources?: { readonly requests?: Amounts };
    }[];
  };
}

interface Sum {
  cpu: number;
  memory: number;
  gpu: number;
}

function add(sum: Sum, amounts: Amounts = {}): void {
  for (const [name, amount] of Object.entries(amounts)) {
    if (name === 'cpu') {
      sum.cpu += parseCpu(amount);
    } else if (name === 'memory') {
      sum.memory += parseBytes(amount);
    } else if (name.endsWith('/gpu')) {
      sum.gpu += parseQuantity(amount);
    }
  }
}

const isReady = ({ status }: Node) =>
  status?.conditions?.some(
    ({ type, status: value }) => type === 'Ready' && value === 'True',
  ) ?? false;

/** What the nodes have, and what pods that have not ended have asked for. */
export async function nodesStatus(
  client: KubeClient,
  signal: AbortSignal,
): Promise<NodesStatus> {
  const allocatable: Sum = { cpu: 0, memory: 0, gpu: 0 };
  let requested: Sum = { cpu: 0, memory: 0, gpu: 0 };
  let total = 0;
  let ready = 0;
  const { items } = await client.json<{ readonly items: readonly Node[] }>({
    path: '/api/v1/nodes',
    signal,
  });
  for (const node of items) {
    total += 1;
    ready += isReady(node) ? 1 : 0;
    if (isReady(node) && !node.spec?.unschedulable) {
      add(allocatable, node.status?.allocatable);
    }
  }
  await readList<ScheduledPod>({
    client,
    path: resourcePath(PODS),
    query: {
      fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed',
    },
    pageSize: 500,
    signal,
    onItem: ({ spec }) => {
      if (spec?.nodeName) {
        spec.containers?.forEach(({ resources }) =>
          add(requested, resources?.requests),
        );
      }
    },
    onRestart: () => {
      requested = { cpu: 0, memory: 0, gpu: 0 };
    },
  });
  const of = (name: keyof Sum) => ({
    allocatable: allocatable[name],
    requested: requested[name],
  });
  return { total, ready, cpu: of('cpu'), memory: of('memory'), gpu: of('gpu') };
}
