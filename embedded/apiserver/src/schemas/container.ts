import {
  anything,
  atomicList,
  boolean,
  int32,
  int64,
  keyedList,
  intOrString,
  mapOf,
  object,
  openObject,
  quantity,
  string,
} from './build';
import { Schema } from './Schema';

/** A reference by name, as a configMapRef. */
const reference = (more: Readonly<Record<string, Schema>> = {}) =>
  object(
    { name: { type: 'string', default: '' }, optional: boolean, ...more },
    { 'x-kubernetes-map-type': 'atomic' },
  );

const keyReference: Schema = {
  ...reference({ key: string }),
  required: ['key'],
};

const ENV: Schema = object(
  {
    name: string,
    value: string,
    valueFrom: openObject({
      configMapKeyRef: keyReference,
      secretKeyRef: keyReference,
      fieldRef: object(
        { apiVersion: string, fieldPath: string },
        { required: ['fieldPath'], 'x-kubernetes-map-type': 'atomic' },
      ),
      resourceFieldRef: object(
        { containerName: string, divisor: quantity, resource: string },
        { required: ['resource'], 'x-kubernetes-map-type': 'atomic' },
      ),
    }),
  },
  { required: ['name'] },
);

const PORT: Schema = object(
  {
    containerPort: int32,
    hostIP: string,
    hostPort: int32,
    name: string,
    protocol: { type: 'string', default: 'TCP' },
  },
  { required: ['containerPort'] },
);

const VOLUME_MOUNT: Schema = object(
  {
    mountPath: string,
    mountPropagation: string,
    name: string,
    readOnly: boolean,
    recursiveReadOnly: string,
    subPath: string,
    subPathExpr: string,
  },
  { required: ['mountPath', 'name'] },
);

const PROBE: Schema = openObject({
  exec: object({ command: atomicList(string) }),
  failureThreshold: int32,
  httpGet: openObject(
    { host: string, path: string, port: intOrString, scheme: string },
    { required: ['port'] },
  ),
  initialDelaySeconds: int32,
  periodSeconds: int32,
  successThreshold: int32,
  tcpSocket: object(
    { host: string, port: intOrString },
    { required: ['port'] },
  ),
  terminationGracePeriodSeconds: int64,
  timeoutSeconds: int32,
});

export const RESOURCES: Schema = object({
  claims: keyedList(
    ['name'],
    object({ name: string, request: string }, { required: ['name'] }),
  ),
  limits: mapOf(quantity),
  requests: mapOf(quantity),
});

export const ENV_LIST: Schema = keyedList(['name'], ENV);

export const ENV_FROM: Schema = atomicList(
  object({
    configMapRef: reference(),
    prefix: string,
    secretRef: reference(),
  }),
);

export const VOLUME_MOUNTS: Schema = keyedList(['mountPath'], VOLUME_MOUNT);

/** A container of a pod. What is below the fields that we do not read is kept as it is. */
export const CONTAINER: Schema = object(
  {
    args: atomicList(string),
    command: atomicList(string),
    env: ENV_LIST,
    envFrom: ENV_FROM,
    image: string,
    imagePullPolicy: string,
    lifecycle: anything,
    livenessProbe: PROBE,
    name: string,
    ports: keyedList(['containerPort', 'protocol'], PORT),
    readinessProbe: PROBE,
    resizePolicy: atomicList(
      openObject({}, { required: ['resourceName', 'restartPolicy'] }),
    ),
    resources: RESOURCES,
    restartPolicy: string,
    restartPolicyRules: atomicList(openObject({}, { required: ['action'] })),
    securityContext: anything,
    startupProbe: PROBE,
    stdin: boolean,
    stdinOnce: boolean,
    terminationMessagePath: string,
    terminationMessagePolicy: string,
    tty: boolean,
    volumeDevices: keyedList(
      ['devicePath'],
      object(
        { devicePath: string, name: string },
        { required: ['devicePath', 'name'] },
      ),
    ),
    volumeMounts: VOLUME_MOUNTS,
    workingDir: string,
  },
  { required: ['name'] },
);
