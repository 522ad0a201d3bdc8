import type { Condition, ObjectMeta } from '../objects/kubernetes';
import { isGpu, readAmounts } from './amounts';
import type { NodeCapacity } from './capacityTypes';

/** The parts of a `v1` Node that are read. */
export interface KubernetesNode {
  readonly metadata: ObjectMeta;
  readonly spec?: { readonly unschedulable?: boolean };
  readonly status?: {
    readonly allocatable?: Readonly<Record<string, string | number>>;
    readonly conditions?: readonly Condition[];
  };
}

/**
 * Labels that name the kind of a node's GPUs: of GKE, NVIDIA's and AMD's operators,
 * and Karpenter.
 */
const GPU_LABELS = [
  'cloud.google.com/gke-accelerator',
  'nvidia.com/gpu.product',
  'amd.com/gpu.product-name',
  'karpenter.k8s.aws/instance-gpu-name',
];

/** What is kept of a node. */
export function nodeCapacity({
  metadata: { labels = {} },
  spec,
  status,
}: KubernetesNode): NodeCapacity {
  const ready =
    status?.conditions?.some(
      ({ type, status: value }) => type === 'Ready' && value === 'True',
    ) ?? false;
  const label = GPU_LABELS.find(name => labels[name]);
  const resource = Object.keys(status?.allocatable ?? {}).find(isGpu);
  return {
    ready,
    open: ready && !spec?.unschedulable,
    amounts: readAmounts(status?.allocatable),
    gpuType: label && resource ? labels[label] : resource,
  };
}
