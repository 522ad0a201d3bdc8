import { badRequest, notFound } from '../errors/statusErrors';
import { asArray, asNumber, asObject, asString, getPath } from '../model/json';
import { KubeObject } from '../model/KubeObject';
import { ObjectStore } from '../store/ObjectStore';
import { Endpoint } from './serviceEndpoint';

const PODS = { group: '', plural: 'pods', kind: 'Pod' };
/** Where the embedded kubelet writes which local port stands for which of the container's. */
const PORTS_ANNOTATION = 'local.ml-platform.dev/ports';
const DEFAULT_PORT = 80;

/**
 * Where a pod's port answers.
 *
 * @throws {StatusError} when there is no such pod, or it has no address yet
 */
export function podEndpoint(
  store: ObjectStore,
  namespace: string,
  name: string,
  port: string,
): Endpoint {
  const pod = store.get('pods', namespace, name)?.object;
  if (!pod) {
    throw notFound(PODS, name);
  }
  const host = asString(getPath(pod, 'status.podIP'));
  if (!host) {
    throw badRequest('address not allowed');
  }
  return { host, port: localPort(pod, containerPort(pod, port)) };
}

function containerPort(pod: KubeObject, wanted: string): number {
  if (/^\d+$/.test(wanted)) {
    return Number(wanted);
  }
  const ports = (asArray(getPath(pod, 'spec.containers')) ?? [])
    .flatMap(container => asArray(asObject(container)?.ports) ?? [])
    .map(asObject);
  const found = ports.find(port => !wanted || port?.name === wanted);
  return asNumber(found?.containerPort) ?? DEFAULT_PORT;
}

function localPort(pod: KubeObject, port: number): number {
  // A pod that its kubelet hasn't written to may answer at the port itself.
  return allottedPort(pod, port) ?? port;
}

/** The local port that the kubelet wrote down for one of the pod's ports. */
export function allottedPort(
  pod: KubeObject,
  port: number,
): number | undefined {
  const written = pod.metadata.annotations?.[PORTS_ANNOTATION];
  try {
    return asNumber(asObject(JSON.parse(written ?? '{}'))?.[String(port)]);
  } catch {
    // The annotation is not ours to repair.
    return undefined;
  }
}
