import { badRequest, notFound } from '../errors/statusErrors';
import { asString, getPath } from '../model/json';
import { allottedPort } from '../proxy/podEndpoint';
import { isLoopback } from '../proxy/isLoopback';
import { ObjectStore } from '../store/ObjectStore';

const PODS = { group: '', plural: 'pods', kind: 'Pod' };

/** Where a port of a pod answers on this machine. */
export interface ForwardTarget {
  readonly pod: string;
  /** The pod's own port. */
  readonly port: number;
  /** A loopback address. */
  readonly host: string;
  readonly localPort: number;
}

/**
 * Where a port of a running pod answers. Only a port that the kubelet wrote down
 * for the pod counts: any other would be a port of something else on this machine.
 *
 * @throws {StatusError} when there is no such pod or port, or it doesn't run
 */
export function forwardTarget(
  store: ObjectStore,
  namespace: string,
  pod: string,
  wanted: string,
): ForwardTarget {
  const object = store.get('pods', namespace, pod)?.object;
  if (!object) {
    throw notFound(PODS, pod);
  }
  const phase = asString(getPath(object, 'status.phase')) ?? 'Pending';
  if (phase !== 'Running') {
    throw badRequest(
      `unable to forward port because pod is not running. Current status=${phase}`,
    );
  }
  const port = Number(wanted);
  const localPort = allottedPort(object, port);
  if (localPort === undefined) {
    throw badRequest(
      `pod ${pod} has no port "${wanted}" here: its containers have to declare their ports`,
    );
  }
  const host = asString(getPath(object, 'status.podIP')) ?? '';
  if (!isLoopback(host)) {
    throw badRequest('address not allowed');
  }
  return { pod, port, host, localPort };
}
