import { notFound, serviceUnavailable } from '../errors/statusErrors';
import { asArray, asObject, asString, getPath } from '../model/json';
import { isLoopback } from '../proxy/isLoopback';
import { ObjectStore } from '../store/ObjectStore';

const NODES = { group: '', plural: 'nodes', kind: 'Node' };
const PREFERRED = ['InternalIP', 'Hostname', 'ExternalIP'];

/**
 * Where a node's kubelet answers, as its Node object says.
 *
 * @throws {StatusError} when there is no such node, or it names no address
 */
export function kubeletAddress(store: ObjectStore, nodeName: string): string {
  const node = store.get('nodes', undefined, nodeName)?.object;
  if (!node) {
    throw notFound(NODES, nodeName);
  }
  const addresses = (asArray(getPath(node, 'status.addresses')) ?? []).map(
    asObject,
  );
  const host = PREFERRED.map(type =>
    asString(addresses.find(address => address?.type === type)?.address),
  ).find(Boolean);
  const port = getPath(node, 'status.daemonEndpoints.kubeletEndpoint.Port');
  if (!host || typeof port !== 'number') {
    throw serviceUnavailable(
      `the node "${nodeName}" does not say where its kubelet answers`,
    );
  }
  if (!isLoopback(host)) {
    throw serviceUnavailable(
      `the kubelet of the node "${nodeName}" is not on this machine`,
    );
  }
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
