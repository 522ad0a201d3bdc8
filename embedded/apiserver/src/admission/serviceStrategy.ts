import { randomInt } from 'node:crypto';
import { StatusCause } from '../errors/StatusError';
import {
  asNumber,
  asObject,
  asObjects,
  asString,
  ensureObject,
  JsonObject,
  setDefault,
} from '../model/json';
import { invalidValue, required } from './causes';
import { isDns1035Label } from './names';
import { AdmissionContext, Strategy } from './Strategy';

const MAX_PORT = 65535;
const NODE_PORTS = [30000, 32768] as const;
/** The service range of kubeadm, 10.96.0.0/16 of it. */
const SERVICE_PREFIX = '10.96';

/** Services: names, ports, and an address of their own. */
export const serviceStrategy: Strategy = {
  nameCheck: isDns1035Label,
  defaults: object => {
    const spec = ensureObject(object, 'spec');
    setDefault(spec, 'sessionAffinity', 'None');
    setDefault(spec, 'type', 'ClusterIP');
    for (const port of asObjects(spec.ports)) {
      setDefault(port, 'protocol', 'TCP');
      setDefault(port, 'targetPort', asNumber(port.port) ?? 0);
      if (port.targetPort === 0) {
        port.targetPort = port.port;
      }
    }
    if (spec.type !== 'ExternalName') {
      setDefault(spec, 'ipFamilies', ['IPv4']);
      setDefault(spec, 'ipFamilyPolicy', 'SingleStack');
      setDefault(spec, 'internalTrafficPolicy', 'Cluster');
    }
  },
  prepareCreate: (object, context) => {
    const spec = ensureObject(object, 'spec');
    allocate(spec, context);
    object.status = { loadBalancer: {} };
  },
  prepareUpdate: (object, current) => {
    const spec = ensureObject(object, 'spec');
    const before = asObject(current.spec) ?? {};
    for (const field of ['clusterIP', 'clusterIPs']) {
      if (before[field] !== undefined) {
        setDefault(spec, field, before[field]);
      }
    }
  },
  validate: object => problems(asObject(object.spec) ?? {}),
  validateUpdate: (object, current) => {
    const ip = asObject(object.spec)?.clusterIP;
    const before = asObject(current.spec)?.clusterIP;
    return before && ip !== before
      ? [invalidValue('spec.clusterIPs[0]', ip, 'may not change once set')]
      : [];
  },
};

function allocate(spec: JsonObject, context: AdmissionContext): void {
  if (spec.type === 'ExternalName') {
    return;
  }
  let ip = asString(spec.clusterIP) ?? '';
  while (!ip || (ip !== 'None' && context.clusterIPTaken(ip))) {
    ip = `${SERVICE_PREFIX}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
  }
  spec.clusterIP = ip;
  spec.clusterIPs = [ip];
  if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') {
    for (const port of asObjects(spec.ports)) {
      setDefault(port, 'nodePort', randomInt(...NODE_PORTS));
    }
  }
}

function problems(spec: JsonObject): StatusCause[] {
  const ports = asObjects(spec.ports);
  if (ports.length === 0) {
    return spec.clusterIP === 'None' || spec.type === 'ExternalName'
      ? []
      : [required('spec.ports')];
  }
  return ports.flatMap((port, i) => {
    const number = asNumber(port.port);
    return [
      ...(ports.length > 1 && !port.name
        ? [required(`spec.ports[${i}].name`)]
        : []),
      ...(number !== undefined && number > 0 && number <= MAX_PORT
        ? []
        : [
            invalidValue(
              `spec.ports[${i}].port`,
              port.port ?? 0,
              'must be between 1 and 65535, inclusive',
            ),
          ]),
    ];
  });
}
