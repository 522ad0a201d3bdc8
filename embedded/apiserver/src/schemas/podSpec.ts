import {
  anything,
  atomicList,
  boolean,
  int32,
  int64,
  keyedList,
  mapOf,
  object,
  openObject,
  quantity,
  string,
  stringMap,
} from './build';
import { CONTAINER, RESOURCES } from './container';
import { EMBEDDED_META, OBJECT_META } from './objectMeta';
import { Schema } from './Schema';

const ITEMS: Schema = atomicList(
  object(
    { key: string, mode: int32, path: string },
    { required: ['key', 'path'] },
  ),
);

/** A volume; of the many kinds, those that the embedded node mounts. */
const VOLUME: Schema = openObject(
  {
    configMap: object(
      {
        defaultMode: int32,
        items: ITEMS,
        name: { type: 'string', default: '' },
        optional: boolean,
      },
      { 'x-kubernetes-map-type': 'atomic' },
    ),
    emptyDir: object({ medium: string, sizeLimit: quantity }),
    hostPath: object({ path: string, type: string }, { required: ['path'] }),
    name: string,
    persistentVolumeClaim: object(
      { claimName: string, readOnly: boolean },
      { required: ['claimName'] },
    ),
    projected: object({ defaultMode: int32, sources: atomicList(anything) }),
    secret: object({
      defaultMode: int32,
      items: ITEMS,
      optional: boolean,
      secretName: string,
    }),
  },
  { required: ['name'] },
);

const TOLERATION: Schema = object({
  effect: string,
  key: string,
  operator: string,
  tolerationSeconds: int64,
  value: string,
});

const CONTAINERS = keyedList(['name'], CONTAINER);

/** A pod's spec. What is below the fields that we do not read is kept as it is. */
export const POD_SPEC: Schema = object(
  {
    activeDeadlineSeconds: int64,
    affinity: anything,
    automountServiceAccountToken: boolean,
    containers: CONTAINERS,
    dnsConfig: anything,
    dnsPolicy: string,
    enableServiceLinks: boolean,
    ephemeralContainers: CONTAINERS,
    hostAliases: keyedList(
      ['ip'],
      openObject({ ip: string }, { required: ['ip'] }),
    ),
    hostIPC: boolean,
    hostNetwork: boolean,
    hostPID: boolean,
    hostUsers: boolean,
    hostname: string,
    hostnameOverride: string,
    imagePullSecrets: keyedList(
      ['name'],
      object(
        { name: { type: 'string', default: '' } },
        { 'x-kubernetes-map-type': 'atomic' },
      ),
    ),
    initContainers: CONTAINERS,
    nodeName: string,
    nodeSelector: { ...stringMap, 'x-kubernetes-map-type': 'atomic' },
    os: openObject({}, { required: ['name'] }),
    overhead: mapOf(quantity),
    preemptionPolicy: string,
    priority: int32,
    priorityClassName: string,
    readinessGates: atomicList(openObject({}, { required: ['conditionType'] })),
    resourceClaims: keyedList(
      ['name'],
      openObject({ name: string }, { required: ['name'] }),
    ),
    resources: RESOURCES,
    restartPolicy: string,
    runtimeClassName: string,
    schedulerName: string,
    schedulingGates: keyedList(
      ['name'],
      object({ name: string }, { required: ['name'] }),
    ),
    schedulingGroup: anything,
    securityContext: anything,
    serviceAccount: string,
    serviceAccountName: string,
    setHostnameAsFQDN: boolean,
    shareProcessNamespace: boolean,
    subdomain: string,
    terminationGracePeriodSeconds: int64,
    tolerations: atomicList(TOLERATION),
    topologySpreadConstraints: keyedList(
      ['topologyKey', 'whenUnsatisfiable'],
      openObject(
        { maxSkew: int32, topologyKey: string, whenUnsatisfiable: string },
        { required: ['maxSkew', 'topologyKey', 'whenUnsatisfiable'] },
      ),
    ),
    volumes: keyedList(['name'], VOLUME),
  },
  { required: ['containers'] },
);

/** The pod template of a built-in kind. */
export const POD_TEMPLATE: Schema = object({
  metadata: OBJECT_META,
  spec: POD_SPEC,
});

/** The pod template inside a custom resource. */
export const EMBEDDED_POD_TEMPLATE: Schema = object({
  metadata: EMBEDDED_META,
  spec: POD_SPEC,
});
