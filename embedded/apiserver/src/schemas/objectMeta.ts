import {
  boolean,
  int64,
  keyedList,
  object,
  openObject,
  setOf,
  string,
  stringMap,
  time,
} from './build';
import { Schema } from './Schema';

/** metadata of every object. */
export const OBJECT_META: Schema = openObject({
  name: string,
  generateName: string,
  namespace: string,
  uid: string,
  resourceVersion: string,
  generation: int64,
  creationTimestamp: time,
  deletionTimestamp: time,
  deletionGracePeriodSeconds: int64,
  labels: stringMap,
  annotations: stringMap,
  finalizers: setOf(string),
  ownerReferences: keyedList(
    ['uid'],
    object({
      apiVersion: string,
      kind: string,
      name: string,
      uid: string,
      controller: boolean,
      blockOwnerDeletion: boolean,
    }),
  ),
});

/** metadata of a pod template inside a custom resource, as controller-gen writes it. */
export const EMBEDDED_META: Schema = object({
  annotations: stringMap,
  finalizers: { type: 'array', items: string },
  labels: stringMap,
  name: string,
  namespace: string,
});

/** metav1.Condition. */
export const CONDITION: Schema = object(
  {
    lastTransitionTime: time,
    message: { type: 'string', maxLength: 32768 },
    observedGeneration: { type: 'integer', format: 'int64', minimum: 0 },
    reason: {
      type: 'string',
      minLength: 1,
      maxLength: 1024,
      pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$',
    },
    status: { type: 'string', enum: ['True', 'False', 'Unknown'] },
    type: {
      type: 'string',
      maxLength: 316,
      pattern:
        '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$',
    },
  },
  {
    required: ['lastTransitionTime', 'message', 'reason', 'status', 'type'],
  },
);

export const LABEL_SELECTOR: Schema = openObject(
  { matchLabels: stringMap },
  { 'x-kubernetes-map-type': 'atomic' },
);
