import {
  anything,
  atomicList,
  boolean,
  int32,
  intOrString,
  keyedList,
  object,
  openObject,
  setOf,
  string,
  stringMap,
} from './build';
import { POD_SPEC } from './podSpec';
import { Schema } from './Schema';

/** Conditions of a built-in kind; the kinds differ in their time fields. */
export const CONDITIONS = keyedList(['type'], openObject({ type: string }));

export const POD: Schema = object({
  spec: POD_SPEC,
  status: openObject({
    conditions: CONDITIONS,
    phase: string,
    podIPs: keyedList(['ip'], object({ ip: string })),
    containerStatuses: atomicList(anything),
    initContainerStatuses: atomicList(anything),
  }),
});

export const CONFIG_MAP: Schema = object({
  data: stringMap,
  binaryData: stringMap,
  immutable: boolean,
});

export const SECRET: Schema = object({
  data: stringMap,
  stringData: stringMap,
  immutable: boolean,
  type: string,
});

export const SERVICE_ACCOUNT: Schema = object({
  automountServiceAccountToken: boolean,
  imagePullSecrets: atomicList(openObject({ name: string })),
  secrets: keyedList(['name'], openObject({ name: string })),
});

const SERVICE_PORT: Schema = object(
  {
    appProtocol: string,
    name: string,
    nodePort: int32,
    port: int32,
    protocol: { type: 'string', default: 'TCP' },
    targetPort: intOrString,
  },
  { required: ['port'] },
);

export const SERVICE: Schema = object({
  spec: openObject({
    clusterIP: string,
    clusterIPs: atomicList(string),
    externalIPs: atomicList(string),
    externalName: string,
    ports: keyedList(['port', 'protocol'], SERVICE_PORT),
    publishNotReadyAddresses: boolean,
    selector: { ...stringMap, 'x-kubernetes-map-type': 'atomic' },
    sessionAffinity: string,
    type: string,
  }),
  status: openObject({
    conditions: CONDITIONS,
    loadBalancer: anything,
  }),
});

export const NAMESPACE: Schema = object({
  spec: object({ finalizers: atomicList(string) }),
  status: openObject({ conditions: CONDITIONS, phase: string }),
});

export const NODE: Schema = object({
  spec: openObject({
    podCIDRs: setOf(string),
    taints: atomicList(openObject({ key: string, effect: string })),
    unschedulable: boolean,
  }),
  status: openObject({
    addresses: keyedList(['type'], object({ address: string, type: string })),
    conditions: CONDITIONS,
    images: atomicList(anything),
  }),
});
