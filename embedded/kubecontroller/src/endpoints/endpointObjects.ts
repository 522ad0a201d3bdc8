import type {
  Labels,
  NewObject,
  Service,
} from '@ml-platform/embedded-controller-runtime';
import type { EndpointGroup, EndpointPod } from './endpointGroups';

/** Label of an EndpointSlice with the name of its service. */
export const SERVICE_LABEL = 'kubernetes.io/service-name';

/** The part of an EndpointSlice that says where the service is. */
export function sliceContent(group: EndpointGroup) {
  return {
    endpoints: group.pods.map(entry => ({
      addresses: [entry.address],
      conditions: {
        ready: entry.ready,
        serving: entry.ready,
        terminating: entry.terminating,
      },
      nodeName: entry.pod.spec.nodeName,
      targetRef: targetRef(entry),
    })),
    ports: group.ports,
  };
}

export function newSlice(service: Service, group: EndpointGroup): NewObject {
  const { name, namespace } = service.metadata;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels: {
        ...labelsOf(service),
        'endpointslice.kubernetes.io/managed-by':
          'endpointslice-controller.k8s.io',
        [SERVICE_LABEL]: name,
      },
      ownerReferences: [ownerOf(service)],
    },
    ...{ addressType: 'IPv4', ...sliceContent(group) },
  };
}

/** The older form of the same: one object of the service's name. */
export function newEndpoints(
  service: Service,
  groups: readonly EndpointGroup[],
): NewObject & { readonly subsets: readonly unknown[] } {
  const address = (entry: EndpointPod) => ({
    ip: entry.address,
    nodeName: entry.pod.spec.nodeName,
    targetRef: targetRef(entry),
  });
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name: service.metadata.name,
      namespace: service.metadata.namespace,
      labels: labelsOf(service),
      ownerReferences: [ownerOf(service)],
    },
    subsets: groups.map(group => {
      const ready = group.pods.filter(entry => entry.ready);
      const notReady = group.pods.filter(entry => !entry.ready);
      return {
        ...(ready.length ? { addresses: ready.map(address) } : {}),
        ...(notReady.length
          ? { notReadyAddresses: notReady.map(address) }
          : {}),
        ports: group.ports,
      };
    }),
  };
}

function labelsOf(service: Service): Labels {
  const headless = service.spec?.clusterIP === 'None';
  return {
    ...service.metadata.labels,
    ...(headless ? { 'service.kubernetes.io/headless': '' } : {}),
  };
}

function ownerOf(service: Service) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    name: service.metadata.name,
    uid: service.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

function targetRef({ pod }: EndpointPod) {
  const { name, namespace, uid } = pod.metadata;
  return { kind: 'Pod', name, namespace, uid };
}
