import { badRequest } from '../errors/statusErrors';
import {
  asArray,
  asObject,
  asString,
  getPath,
  JsonObject,
} from '../model/json';
import { KubeObject } from '../model/KubeObject';

/** Query parameters of a log that the kubelet takes as they are. */
const PASSED = [
  'follow',
  'previous',
  'timestamps',
  'sinceTime',
  'sinceSeconds',
  'tailLines',
  'limitBytes',
];

/**
 * The query for the kubelet.
 *
 * @throws {StatusError} when parameters exclude each other
 */
export function kubeletQuery(query: URLSearchParams): URLSearchParams {
  const passed = new URLSearchParams();
  for (const name of PASSED) {
    const value = query.get(name);
    if (value !== null) {
      passed.set(name, value);
    }
  }
  if (passed.has('sinceSeconds') && passed.has('sinceTime')) {
    throw badRequest(
      'at most one of `sinceTime` or `sinceSeconds` may be specified',
    );
  }
  return passed;
}

/**
 * The container that a log request is about.
 *
 * @throws {StatusError} when the pod has no such container, or the request
 * has to name one
 */
export function logContainer(pod: KubeObject, wanted: string | null): string {
  const regular = names(pod, 'containers');
  const init = names(pod, 'initContainers');
  const all = [...regular, ...init, ...names(pod, 'ephemeralContainers')];
  const { name } = pod.metadata;
  if (wanted) {
    if (!all.includes(wanted)) {
      throw badRequest(`container ${wanted} is not valid for pod ${name}`);
    }
    return wanted;
  }
  if (regular.length !== 1) {
    throw badRequest(
      `a container name must be specified for pod ${name}, choose one of: [${regular.join(' ')}]${init.length ? ` or one of the init containers: [${init.join(' ')}]` : ''}`,
    );
  }
  return regular[0];
}

function names(pod: KubeObject, field: string): string[] {
  return (asArray(getPath(pod, `spec.${field}`)) ?? []).map(
    container => asString(asObject(container)?.name) ?? '',
  );
}

const PULL_PROBLEMS: Readonly<Record<string, string>> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: 'trying and failing to pull image',
};

/** @throws {StatusError} when there is no log yet, in kubelet's words */
export function checkLogExists(
  pod: KubeObject,
  container: string,
  previous: boolean,
): void {
  const what = `container "${container}" in pod "${pod.metadata.name}"`;
  const status = containerStatus(pod, container);
  if (!status) {
    throw badRequest(`${what} is not available`);
  }
  const { running, terminated, waiting } = asObject(status.state) ?? {};
  const last = getPath(status, 'lastState.terminated');
  if (previous && !last) {
    throw badRequest(`previous terminated ${what} not found`);
  }
  if (previous || running || terminated || last) {
    return;
  }
  const reason = asString(asObject(waiting)?.reason);
  throw badRequest(
    reason
      ? `${what} is waiting to start: ${PULL_PROBLEMS[reason] ?? reason}`
      : `${what} is waiting to start - no logs yet`,
  );
}

function containerStatus(
  pod: KubeObject,
  container: string,
): JsonObject | undefined {
  return [
    'containerStatuses',
    'initContainerStatuses',
    'ephemeralContainerStatuses',
  ]
    .flatMap(field => asArray(getPath(pod, `status.${field}`)) ?? [])
    .map(asObject)
    .find(status => status?.name === container);
}
