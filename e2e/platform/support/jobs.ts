import { REGISTRY } from './target';

export const IMAGE = `${REGISTRY}/hello-ray:1.0.0`;

/** Requests and limits alike. */
export const sized = (extra: Readonly<Record<string, string>> = {}) => {
  const amounts = { cpu: '1', memory: '2Gi', ...extra };
  return { requests: amounts, limits: amounts };
};

export const container = (name: string, fields: object = {}) => ({
  name,
  image: IMAGE,
  resources: sized(),
  ...fields,
});

export const template = (fields: object = {}) => ({
  spec: { containers: [container('main')], ...fields },
});

export const cluster = (fields: object = {}) => ({
  headGroupSpec: { rayStartParams: {}, template: template() },
  workerGroupSpecs: [
    {
      groupName: 'workers',
      replicas: 1,
      minReplicas: 1,
      maxReplicas: 1,
      rayStartParams: {},
      template: template(),
    },
  ],
  ...fields,
});

export interface RayJob {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** A job that every policy admits, with other fields of its spec where given. */
export const rayJob = (
  spec: object = {},
  metadata: Readonly<Record<string, unknown>> = {},
): RayJob => ({
  apiVersion: 'ray.io/v1',
  kind: 'RayJob',
  metadata: { name: 'hello', namespace: 'training', ...metadata },
  spec: {
    entrypoint: 'python train.py',
    shutdownAfterJobFinishes: true,
    activeDeadlineSeconds: 3_600,
    rayClusterSpec: cluster(),
    ...spec,
  },
});

export const rayCluster = (spec: object = {}) => ({
  apiVersion: 'ray.io/v1',
  kind: 'RayCluster',
  metadata: { name: 'hello', namespace: 'training' },
  spec: cluster(spec),
});

export const pod = (spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'hello', namespace: 'training' },
  ...template(spec),
});
