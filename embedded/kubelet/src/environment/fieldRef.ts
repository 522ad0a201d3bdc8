import { InputError } from '@backstage/errors';
import { parseBytes, parseCpu, parseQuantity } from '@ml-platform/rayjob';
import type {
  Container,
  Pod,
  ResourceFieldRef,
} from '@ml-platform/embedded-controller-runtime';

/** What the node adds to what the pod itself says. */
export interface NodeFacts {
  readonly nodeName: string;
  readonly podIP: string;
  readonly hostIP: string;
  /** Allocatable milliCPU and bytes: what counts where a pod sets no limit. */
  readonly allocatable: { readonly milliCpu: number; readonly memory: number };
}

/**
 * The value of a field of the downward API.
 * https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
 *
 * @throws {InputError} when the field is not one of those
 */
export function fieldValue(pod: Pod, path: string, node: NodeFacts): string {
  const { metadata, spec } = pod;
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (keyed) {
    const map = keyed[1] === 'labels' ? metadata.labels : metadata.annotations;
    return map?.[keyed[2]] ?? '';
  }
  switch (path) {
    case 'metadata.name':
      return metadata.name;
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid;
    case 'metadata.labels':
      return formatMap(metadata.labels);
    case 'metadata.annotations':
      return formatMap(metadata.annotations);
    case 'spec.nodeName':
      return node.nodeName;
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? 'default';
    case 'status.podIP':
    case 'status.podIPs':
      return node.podIP;
    case 'status.hostIP':
    case 'status.hostIPs':
      return node.hostIP;
    default:
      throw new InputError(`${path} is not a field of the downward API`);
  }
}

/**
 * The value of a container's request or limit, divided and rounded up.
 * A limit that is not set is what the node has.
 */
export function resourceValue(
  container: Container,
  ref: ResourceFieldRef,
  node: NodeFacts,
): string {
  const [which, ...rest] = ref.resource.split('.');
  const resource = rest.join('.');
  const { limits, requests } = container.resources ?? {};
  const set =
    which === 'limits'
      ? limits?.[resource]
      : (requests?.[resource] ?? limits?.[resource]);
  const divisor = parseQuantity(ref.divisor ?? 1) || 1;
  if (resource === 'cpu') {
    const milli = set === undefined ? node.allocatable.milliCpu : parseCpu(set);
    return String(Math.ceil(milli / (divisor * 1000)));
  }
  const otherwise = resource === 'memory' ? node.allocatable.memory : 0;
  const amount = set === undefined ? otherwise : parseBytes(set);
  return String(Math.ceil(amount / divisor));
}

function formatMap(map: Readonly<Record<string, string>> | undefined): string {
  return Object.entries(map ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n');
}
