import type { KubeClient } from '@ml-platform/kube';
import type { Pod } from '../kube/objects';
import { ensure } from './ensure';

/**
 * Leads the head service of a pod's cluster to an address outside, as the
 * endpoints controller would lead it to the pod.
 */
export async function connectHead(
  client: KubeClient,
  head: Pod,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> {
  const { namespace } = head.metadata;
  const name = `${head.metadata.labels?.['ray.io/cluster']}-head-svc`;
  const targetRef = { kind: 'Pod', namespace, name: head.metadata.name };
  const ports = [{ name: 'dashboard', port, protocol: 'TCP' }];
  // Kubernetes' own proxy still goes by the older of the two.
  await ensure(client, `/api/v1/namespaces/${namespace}/endpoints`, {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name, namespace },
    subsets: [{ addresses: [{ ip: host, targetRef }], ports }],
  });
  await ensure(
    client,
    `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`,
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: `${name}-test`,
        namespace,
        labels: { 'kubernetes.io/service-name': name },
      },
      addressType: 'IPv4',
      ports,
      endpoints: [
        { addresses: [host], conditions: { ready: true }, targetRef },
      ],
    },
  );
}
