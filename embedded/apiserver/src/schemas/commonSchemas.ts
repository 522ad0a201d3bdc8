import { object, string, stringMap } from './build';
import { kubernetesSchema } from './kubernetesSchema';
import { Schema } from './Schema';

/** metadata of every object. */
export const OBJECT_META = kubernetesSchema('V1ObjectMeta');

/** metadata of a pod template inside a custom resource, as controller-gen writes it. */
export const EMBEDDED_META: Schema = object({
  annotations: stringMap,
  finalizers: { type: 'array', items: string },
  labels: stringMap,
  name: string,
  namespace: string,
});

/** The pod template inside a custom resource. */
export const EMBEDDED_POD_TEMPLATE: Schema = object({
  metadata: EMBEDDED_META,
  spec: kubernetesSchema('V1PodSpec'),
});

/** A condition in the status of a custom resource. */
export const CONDITION: Schema = object(
  {
    lastTransitionTime: { type: 'string', format: 'date-time' },
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
