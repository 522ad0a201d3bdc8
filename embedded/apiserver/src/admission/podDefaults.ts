import {
  asNumber,
  asObject,
  asObjects,
  asString,
  ensureObject,
  JsonObject,
  setDefault,
} from '../model/json';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const FILE_MODE = 0o644;

/** Defaults of a pod's spec (k8s.io/kubernetes/pkg/apis/core/v1/defaults.go). */
export function defaultPodSpec(spec: JsonObject): void {
  setDefault(spec, 'restartPolicy', 'Always');
  setDefault(spec, 'dnsPolicy', 'ClusterFirst');
  setDefault(spec, 'terminationGracePeriodSeconds', 30);
  setDefault(spec, 'schedulerName', 'default-scheduler');
  setDefault(spec, 'securityContext', {});
  for (const container of [
    ...asObjects(spec.initContainers),
    ...asObjects(spec.containers),
  ]) {
    defaultContainer(container);
  }
  asObjects(spec.volumes).forEach(defaultVolume);
}

/** Defaults of a template inside a Job, a Deployment and the like. */
export function defaultPodTemplate(template: JsonObject | undefined): void {
  const spec = asObject(template?.spec);
  if (spec) {
    defaultPodSpec(spec);
  }
}

function defaultContainer(container: JsonObject): void {
  const image = asString(container.image) ?? '';
  setDefault(container, 'imagePullPolicy', pullPolicy(image));
  setDefault(container, 'terminationMessagePath', '/dev/termination-log');
  setDefault(container, 'terminationMessagePolicy', 'File');
  const resources = ensureObject(container, 'resources');
  const limits = asObject(resources.limits);
  if (limits && Object.keys(limits).length > 0) {
    resources.requests = { ...limits, ...asObject(resources.requests) };
  }
  for (const port of asObjects(container.ports)) {
    setDefault(port, 'protocol', 'TCP');
  }
  for (const name of PROBES) {
    const probe = asObject(container[name]);
    if (probe) {
      defaultProbe(probe);
    }
  }
  for (const variable of asObjects(container.env)) {
    const field = asObject(asObject(variable.valueFrom)?.fieldRef);
    if (field) {
      setDefault(field, 'apiVersion', 'v1');
    }
  }
}

/** An image that can change under its name is pulled each time. */
function pullPolicy(image: string): string {
  if (image.includes('@')) {
    return 'IfNotPresent';
  }
  const tag = image.split('/').at(-1)?.split(':')[1];
  return !tag || tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function defaultProbe(probe: JsonObject): void {
  setDefault(probe, 'timeoutSeconds', 1);
  setDefault(probe, 'periodSeconds', 10);
  setDefault(probe, 'successThreshold', 1);
  setDefault(probe, 'failureThreshold', 3);
  const http = asObject(probe.httpGet);
  if (http) {
    setDefault(http, 'path', '/');
    setDefault(http, 'scheme', 'HTTP');
  }
}

function defaultVolume(volume: JsonObject): void {
  for (const kind of ['configMap', 'secret', 'projected', 'downwardAPI']) {
    const source = asObject(volume[kind]);
    if (source && asNumber(source.defaultMode) === undefined) {
      source.defaultMode = FILE_MODE;
    }
  }
  if (Object.keys(volume).length === 1) {
    volume.emptyDir = {};
  }
}
