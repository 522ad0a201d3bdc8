import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import {
  PODS,
  resourcePath,
  SERVICES,
  type KubeClient,
  type PodPort,
} from '@ml-platform/kube';
import type { Pod } from '@ml-platform/rayjob';
import type { KubeService, ServicePort } from './serviceTypes';

interface PortPod extends Omit<Pod, 'spec'> {
  readonly spec?: {
    readonly containers?: readonly {
      readonly ports?: readonly {
        readonly name?: string;
        readonly containerPort: number;
      }[];
    }[];
  };
}

const isReady = ({ metadata, status }: PortPod) =>
  !metadata.deletionTimestamp &&
  status?.phase === 'Running' &&
  (status.conditions?.some(
    ({ type, status: value }) => type === 'Ready' && value === 'True',
  ) ??
    false);

/** The port of a service with one of the names or numbers, else its first. */
export function servicePort(
  { metadata, spec }: KubeService,
  wanted: readonly (string | number)[],
): ServicePort {
  const ports = spec?.ports ?? [];
  const found = wanted
    .map(one => ports.find(({ name, port }) => name === one || port === one))
    .find(port => port !== undefined);
  const port = found ?? ports[0];
  if (!port) {
    throw new NotFoundError(
      `The service ${metadata.name} of ${metadata.namespace} has no port`,
    );
  }
  return port;
}

/**
 * The newest ready pod behind a service, and the port that the service leads to:
 * by the service's selector, as kubectl does it.
 *
 * @throws {ServiceUnavailableError} when no pod is ready
 */
export function chooseTarget(
  service: KubeService,
  { port, targetPort = port }: ServicePort,
  pods: readonly PortPod[],
): PodPort {
  const { name, namespace } = service.metadata;
  const [pod] = pods
    .filter(isReady)
    .sort((a, b) =>
      (b.metadata.creationTimestamp ?? '').localeCompare(
        a.metadata.creationTimestamp ?? '',
      ),
    );
  if (!pod) {
    throw new ServiceUnavailableError(
      pods.length === 0
        ? `${name} has no pod now; it works again when there is one`
        : `No pod of ${name} is ready; see why with 'kubectl -n ${namespace} describe pod ${pods[0].metadata.name}'`,
    );
  }
  const number =
    typeof targetPort === 'number'
      ? targetPort
      : pod.spec?.containers
          ?.flatMap(({ ports = [] }) => ports)
          .find(each => each.name === targetPort)?.containerPort;
  if (number === undefined) {
    throw new ServiceUnavailableError(
      `${name} leads to the port '${targetPort}', which the pod ${pod.metadata.name} doesn't name; correct the service`,
    );
  }
  return { namespace, pod: pod.metadata.name, port: number };
}

/**
 * Where a connection to a service leads now; asks for the service and its pods.
 * @param wanted - names or numbers of its port, the best first
 * @throws {NotFoundError} when there is no such service
 * @throws {ServiceUnavailableError} when no pod is ready
 */
export async function serviceTarget(
  client: KubeClient,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  wanted: readonly (string | number)[],
  signal: AbortSignal,
): Promise<PodPort> {
  const service = await client.json<KubeService>({
    path: resourcePath(SERVICES, namespace, name),
    signal,
  });
  const selector = Object.entries(service.spec?.selector ?? {});
  if (selector.length === 0) {
    throw new ServiceUnavailableError(
      `The service ${name} of ${namespace} chooses no pods; forward to its pods with kubectl`,
    );
  }
  const { items } = await client.json<{ readonly items: readonly PortPod[] }>({
    path: resourcePath(PODS, namespace),
    query: {
      labelSelector: selector.map(([key, value]) => `${key}=${value}`).join(),
    },
    signal,
  });
  return chooseTarget(service, servicePort(service, wanted), items);
}
