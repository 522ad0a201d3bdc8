import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { RayJob } from './kubernetes';
import { RAYJOBS } from './rayResources';

/*
 * The shape of what the rules of this package read. All else passes as it is:
 * the API server knows it better.
 */

const text = z.string().optional();
const number = z.number().optional();
const flag = z.boolean().optional();
const texts = z.record(z.string(), z.string()).optional();
const quantities = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .optional();

const resources = z
  .object({ requests: quantities, limits: quantities })
  .passthrough()
  .optional();

const container = z
  .object({
    name: text,
    image: text,
    restartPolicy: text,
    resources,
    env: z
      .array(z.object({ name: z.string(), value: text }).passthrough())
      .optional(),
  })
  .passthrough();

const podTemplate = z
  .object({
    metadata: z
      .object({ labels: texts, annotations: texts })
      .passthrough()
      .optional(),
    spec: z
      .object({
        containers: z.array(container).optional(),
        initContainers: z.array(container).optional(),
        resources,
      })
      .passthrough()
      .optional(),
  })
  .passthrough()
  .optional();

const workerGroup = z
  .object({
    groupName: text,
    replicas: number,
    minReplicas: number,
    maxReplicas: number,
    numOfHosts: number,
    suspend: flag,
    template: podTemplate,
  })
  .passthrough();

const spec = z
  .object({
    entrypoint: text,
    runtimeEnvYAML: text,
    submissionMode: text,
    managedBy: text,
    suspend: flag,
    clusterSelector: texts,
    submitterPodTemplate: podTemplate,
    rayClusterSpec: z
      .object({
        rayVersion: text,
        enableInTreeAutoscaling: flag,
        headGroupSpec: z
          .object({ template: podTemplate })
          .passthrough()
          .optional(),
        workerGroupSpecs: z.array(workerGroup).optional(),
      })
      .passthrough()
      .optional(),
  })
  .passthrough();

const rayJob = z
  .object({
    kind: z.literal(RAYJOBS.kind).optional(),
    metadata: z
      .object({
        name: z.string(),
        namespace: text,
        uid: text,
        creationTimestamp: text,
        labels: texts,
        annotations: texts,
      })
      .passthrough(),
    spec: spec.optional(),
  })
  .passthrough();

/** Kubernetes takes a field that is null for one that is left out. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(item => (item === null ? item : withoutNulls(item)));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => item !== null)
          .map(([key, item]) => [key, withoutNulls(item)]),
      )
    : value;
}

/**
 * Takes an object that somebody else wrote for a RayJob, after a look at every
 * field that this package reads. Its status is left out: the cluster alone says
 * how a job does.
 *
 * @throws {InputError} that names the first field that isn't what it has to be
 */
export function readRayJob(value: unknown): RayJob {
  let result: ReturnType<typeof rayJob.safeParse>;
  try {
    result = rayJob.safeParse(withoutNulls(value));
  } catch {
    throw new InputError('This is not a RayJob: it is nested too deeply');
  }
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw new InputError(
      `This is not a RayJob: ${path.join('.') || 'the document'}: ${message}`,
    );
  }
  const { status: _, ...job } = result.data;
  return job as RayJob;
}
