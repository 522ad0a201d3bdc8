import { BASELINE_CAPABILITIES } from '@ml-platform/rayjob';
import {
  asArray,
  asObjects,
  asString,
  getPath,
  JsonObject,
} from '../model/json';
import { KubeObject, ObjectMeta } from '../model/KubeObject';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const CONTAINERS = ['initContainers', 'containers', 'ephemeralContainers'];
const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'];

/**
 * Why the Pod Security level of its namespace forbids a pod, in the words of
 * Kubernetes. Of the levels baseline and restricted, what lets a pod out of its
 * container is checked: host namespaces, paths and ports, privileges.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podSecurityProblem(
  pod: KubeObject,
  { labels = {} }: Pick<ObjectMeta, 'labels'>,
): string | undefined {
  const level = labels[ENFORCE];
  if (level !== 'baseline' && level !== 'restricted') {
    return undefined;
  }
  const found = [
    capabilities(pod),
    hostNamespaces(pod),
    hostPaths(pod),
    hostPorts(pod),
    privileged(pod),
  ].filter(Boolean);
  const version = labels[`${ENFORCE}-version`] ?? 'latest';
  return found.length > 0
    ? `violates PodSecurity "${level}:${version}": ${found.join(', ')}`
    : undefined;
}

function containersOf(pod: KubeObject): JsonObject[] {
  return CONTAINERS.flatMap(field => asObjects(getPath(pod, `spec.${field}`)));
}

function capabilities(pod: KubeObject): string | undefined {
  const added = (container: JsonObject) =>
    (asArray(getPath(container, 'securityContext.capabilities.add')) ?? [])
      .map(String)
      .filter(name => !BASELINE_CAPABILITIES.has(name));
  const guilty = containersOf(pod).filter(one => added(one).length > 0);
  const names = [...new Set(guilty.flatMap(added))].sort();
  return guilty.length > 0
    ? `non-default capabilities (${named('container', guilty)} must not include ${quoted(names)} in securityContext.capabilities.add)`
    : undefined;
}

function hostNamespaces(pod: KubeObject): string | undefined {
  const used = HOST_NAMESPACES.filter(
    field => getPath(pod, `spec.${field}`) === true,
  );
  return used.length > 0
    ? `host namespaces (${used.map(field => `${field}=true`).join(', ')})`
    : undefined;
}

function hostPaths(pod: KubeObject): string | undefined {
  const guilty = asObjects(getPath(pod, 'spec.volumes')).filter(
    volume => volume.hostPath !== undefined,
  );
  return guilty.length > 0
    ? `hostPath volumes (${named('volume', guilty)})`
    : undefined;
}

function hostPorts(pod: KubeObject): string | undefined {
  const used = (container: JsonObject) =>
    asObjects(container.ports)
      .map(({ hostPort }) => Number(hostPort ?? 0))
      .filter(port => port !== 0);
  const guilty = containersOf(pod).filter(one => used(one).length > 0);
  const ports = [...new Set(guilty.flatMap(used))];
  const verb = guilty.length > 1 ? 'use' : 'uses';
  return guilty.length > 0
    ? `hostPort (${named('container', guilty)} ${verb} hostPort${ports.length > 1 ? 's' : ''} ${ports.join(', ')})`
    : undefined;
}

function privileged(pod: KubeObject): string | undefined {
  const guilty = containersOf(pod).filter(
    container => getPath(container, 'securityContext.privileged') === true,
  );
  return guilty.length > 0
    ? `privileged (${named('container', guilty)} must not set securityContext.privileged=true)`
    : undefined;
}

/** For example `containers "a", "b"`. */
function named(what: string, things: readonly JsonObject[]): string {
  const names = things.map(({ name }) => asString(name) ?? '');
  return `${what}${things.length > 1 ? 's' : ''} ${quoted(names)}`;
}

function quoted(names: readonly string[]): string {
  return names.map(name => JSON.stringify(name)).join(', ');
}
