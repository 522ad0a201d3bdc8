import { notFound, serviceUnavailable } from '../errors/statusErrors';
import {
  asArray,
  asNumber,
  asObjects,
  asString,
  getPath,
  JsonObject,
} from '../model/json';
import { KubeObject } from '../model/KubeObject';
import { ObjectStore } from '../store/ObjectStore';

/** Where to send a proxied request. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

const SERVICES = { group: '', plural: 'services', kind: 'Service' };

/**
 * A ready endpoint of the service, in turn.
 *
 * @throws {StatusError} when there is no such service, or nothing is behind
 * it
 */
export function serviceEndpoint(
  store: ObjectStore,
  namespace: string,
  name: string,
  port: string,
  pick: (count: number) => number,
): Endpoint {
  const service = store.get('services', namespace, name)?.object;
  if (!service) {
    throw notFound(SERVICES, name);
  }
  const portName = servicePortName(service, port);
  const endpoints = [
    ...fromSlices(store, namespace, name, portName),
    ...fromEndpoints(store, namespace, name, portName),
  ];
  if (endpoints.length === 0) {
    throw serviceUnavailable(
      `no endpoints available for service "${port ? `${name}:${port}` : name}"`,
    );
  }
  return endpoints[pick(endpoints.length)];
}

/** Endpoints go by the names of ports; a service with one port may have none. */
function servicePortName(service: KubeObject, port: string): string {
  if (!/^\d+$/.test(port)) {
    return port;
  }
  const found = asObjects(getPath(service, 'spec.ports')).find(
    one => one.port === Number(port),
  );
  if (!found) {
    throw serviceUnavailable(
      `no service port ${port} found for service "${service.metadata.name}"`,
    );
  }
  return asString(found.name) ?? '';
}

function fromSlices(
  store: ObjectStore,
  namespace: string,
  name: string,
  portName: string,
): Endpoint[] {
  return store
    .list('discovery.k8s.io/endpointslices', namespace)
    .map(stored => stored.object)
    .filter(
      slice => slice.metadata.labels?.['kubernetes.io/service-name'] === name,
    )
    .flatMap(slice => {
      const port = portNumber(asObjects(slice.ports), portName);
      return asObjects(slice.endpoints)
        .filter(one => getPath(one, 'conditions.ready') !== false)
        .flatMap(one => asArray(one.addresses) ?? [])
        .flatMap(address =>
          port === undefined ? [] : [{ host: String(address), port }],
        );
    });
}

function fromEndpoints(
  store: ObjectStore,
  namespace: string,
  name: string,
  portName: string,
): Endpoint[] {
  const found = store.get('endpoints', namespace, name)?.object;
  return asObjects(found?.subsets).flatMap(subset => {
    const port = portNumber(asObjects(subset.ports), portName);
    return asObjects(subset.addresses).flatMap(({ ip }) =>
      port === undefined ? [] : [{ host: String(ip), port }],
    );
  });
}

function portNumber(
  ports: readonly JsonObject[],
  name: string,
): number | undefined {
  return asNumber(ports.find(one => (one.name ?? '') === name)?.port);
}
