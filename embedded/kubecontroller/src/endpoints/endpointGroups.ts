import {
  type EndpointPort,
  type Service,
  type ServicePort,
  type Pod,
  portNumber,
  portsOfPod,
} from '@ml-platform/embedded-controller-runtime';

/** Where one pod serves a service. */
export interface EndpointPod {
  readonly pod: Pod;
  readonly address: string;
  readonly ready: boolean;
  readonly terminating: boolean;
}

/** Pods that have the same local ports: what one EndpointSlice can hold. */
export interface EndpointGroup {
  readonly ports: readonly EndpointPort[];
  readonly pods: readonly EndpointPod[];
}

/**
 * The pods behind a service, with the local ports that stand for its target
 * ports. Pods that have ended or have no address yet are none.
 */
export function endpointGroups(
  service: Service,
  pods: readonly Pod[],
): EndpointGroup[] {
  const { selector, publishNotReadyAddresses } = service.spec ?? {};
  if (!selector || Object.keys(selector).length === 0) {
    return [];
  }
  const groups = new Map<string, EndpointGroup>();
  const matching = pods
    .filter(pod => serves(pod, selector))
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  for (const pod of matching) {
    const address = pod.status?.podIP;
    if (address) {
      const ports = localPorts(service.spec?.ports ?? [], pod);
      const key = JSON.stringify(ports);
      const terminating = Boolean(pod.metadata.deletionTimestamp);
      const entry: EndpointPod = {
        pod,
        address,
        terminating,
        ready:
          Boolean(publishNotReadyAddresses) || (isReady(pod) && !terminating),
      };
      const group = groups.get(key) ?? { ports, pods: [] };
      groups.set(key, { ports, pods: [...group.pods, entry] });
    }
  }
  return [...groups.values()];
}

function serves(pod: Pod, selector: Readonly<Record<string, string>>): boolean {
  const phase = pod.status?.phase;
  return (
    phase !== 'Succeeded' &&
    phase !== 'Failed' &&
    Object.entries(selector).every(
      ([key, value]) => pod.metadata.labels?.[key] === value,
    )
  );
}

function localPorts(ports: readonly ServicePort[], pod: Pod): EndpointPort[] {
  const own = portsOfPod(pod);
  return ports.flatMap(({ name, port, targetPort, protocol, appProtocol }) => {
    let target: number;
    try {
      target = portNumber(pod, targetPort ?? port);
    } catch {
      // The pod has no port of that name: it does not serve this one.
      return [];
    }
    return [
      {
        name: name ?? '',
        port: own.get(target) ?? target,
        protocol: protocol ?? 'TCP',
        ...(appProtocol ? { appProtocol } : {}),
      },
    ];
  });
}

function isReady(pod: Pod): boolean {
  return (
    pod.status?.conditions?.some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    ) ?? false
  );
}
