import type { Parameter, ParameterSchema } from '@ml-platform/parameters';
import { z } from 'zod';
import { describes, type Described } from './describes';

const value = z.union([z.string(), z.number(), z.boolean()]);
const count = z.number().int().min(0);
const names = z.array(z.string()).readonly().optional();
const references = z.record(z.string(), z.string()).optional();

const parameterSchema = describes<Parameter>()(
  z.object({
    type: z.enum(['string', 'number', 'integer', 'boolean']),
    title: z.string().optional(),
    description: z.string().optional(),
    default: value.optional(),
    enum: z.array(value).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    pattern: z.string().optional(),
  }),
);

export const parameterSchemaSchema = describes<ParameterSchema>()(
  z
    .object({
      title: z.string().optional(),
      description: z.string().optional(),
      type: z.literal('object'),
      required: z.array(z.string()).optional(),
      properties: z.record(z.string(), parameterSchema),
    })
    .meta({
      id: 'ParameterSchema',
      description: 'A flat JSON Schema of draft-07',
    }),
);

/** Query of `GET /workloads/parameters`. */
export const workloadQuerySchema = z.strictObject({
  workload: z
    .string()
    .min(1)
    .max(300)
    .meta({
      description: 'Name of a workload, or the reference of its entity',
      examples: ['hello-ray', 'component:default/hello-ray'],
    }),
});

export const workloadParametersSchema = z
  .object({
    entityRef: z.string(),
    workload: z.string(),
    entrypoint: z.string(),
    sourceUrl: z.string().meta({ description: 'Web page of its folder' }),
    parameters: parameterSchemaSchema.optional().meta({
      description: 'Absent where it has no parameters.schema.json',
    }),
  })
  .meta({ id: 'WorkloadParameters' });
export type WorkloadParameters = Described<typeof workloadParametersSchema>;

const size = z.object({
  name: z.string(),
  title: z.string(),
  workers: z.number(),
  maxWorkers: z.number().optional(),
  cpu: z.string(),
  memory: z.string(),
});

const placement = {
  nodeSelector: z.record(z.string(), z.string()).optional(),
  tolerations: z
    .array(
      z.strictObject({
        key: z.string().optional(),
        operator: z.enum(['Exists', 'Equal']).optional(),
        value: z.string().optional(),
        effect: z
          .enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
          .optional(),
      }),
    )
    .optional(),
};

const accelerator = z.object({
  ...placement,
  name: z.string(),
  title: z.string(),
  resource: z.string(),
  pricePerHour: z.number().optional(),
});

/** Answer of `GET /job-options`: what the caller may choose from. */
export const jobOptionsSchema = z
  .object({
    clusters: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        namespaces: z.array(z.string()),
        anyNamespace: z.boolean().meta({
          description: 'True where other namespaces take jobs as well',
        }),
        accelerators: z.array(accelerator),
      }),
    ),
    sizes: z.array(size),
    spot: z.object(placement).optional().meta({
      description: 'Absent where jobs can ask for no spot nodes',
    }),
    currency: z.string().optional(),
  })
  .meta({ id: 'JobOptions' });
export type JobOptions = Described<typeof jobOptionsSchema>;

const mount = z.union([
  z.strictObject({
    path: z.string(),
    readOnly: z.boolean().optional(),
    bucket: z.string(),
    folder: z.string().optional(),
  }),
  z.strictObject({
    path: z.string(),
    readOnly: z.boolean().optional(),
    claim: z.string(),
  }),
  z.strictObject({
    path: z.string(),
    readOnly: z.boolean().optional(),
    size: z.string(),
    storageClass: z.string().optional(),
  }),
]);

const group = z.strictObject({
  name: z.string(),
  workers: count,
  minWorkers: count.optional(),
  maxWorkers: count.optional(),
  cpu: z.string(),
  memory: z.string(),
  gpu: count.optional(),
  accelerator: z.string().optional(),
  placement: z.strictObject(placement).optional(),
});

/** Body of `POST /jobs/preview`: a job as people ask for it. */
export const jobOrderSchema = z
  .strictObject({
    cluster: z.string().min(1),
    namespace: z.string().min(1),
    workload: workloadQuerySchema.shape.workload,
    version: z.string().min(1),
    image: z.string().optional().meta({
      description: 'Default: the version in the registry of the portal',
    }),
    entrypoint: z.string().max(2_000).optional(),
    parameters: z.record(z.string(), value).optional(),
    size: z.string().optional().meta({ description: 'Name of a size' }),
    workers: count.optional(),
    minWorkers: count.optional(),
    maxWorkers: count.optional(),
    cpu: z.string().optional(),
    memory: z.string().optional(),
    gpu: count.optional(),
    gpuType: z.string().optional(),
    accelerator: z
      .string()
      .optional()
      .meta({
        description: 'Extended resource of the GPUs, where no GPU type fits',
        examples: ['amd.com/gpu'],
      }),
    placement: z.strictObject(placement).optional(),
    spot: z.boolean().optional(),
    groups: z.array(group).max(20).optional().meta({
      description: 'Further worker groups, each with a size of its own',
    }),
    environment: z
      .array(z.strictObject({ name: z.string(), value: z.string() }))
      .max(100)
      .optional(),
    secretEnv: references,
    configEnv: references,
    envFromSecrets: names,
    envFromConfigMaps: names,
    serviceAccount: z.string().optional().meta({
      description:
        "Service account of the pods. Default: the workload's, or the namespace's",
    }),
    imagePullSecrets: names,
    sharedMemory: z.string().optional(),
    mounts: z.array(mount).max(20).optional(),
    runtimeEnv: z.record(z.string(), z.unknown()).optional(),
    ttlSeconds: count.optional(),
    deadlineSeconds: count.optional(),
    retries: count.optional(),
    queue: z.string().optional(),
    priority: z.string().optional(),
  })
  .meta({ id: 'JobOrder' });
export type JobOrderBody = Described<typeof jobOrderSchema>;

/** Answer of `POST /jobs/preview`. */
export const jobPreviewSchema = z
  .object({
    name: z.string(),
    manifest: z.string().meta({ description: 'The RayJob as YAML' }),
    cost: z.object({
      text: z.string().meta({ description: 'For people' }),
      currency: z.string().optional(),
      perHour: z.number().optional(),
      mostPerHour: z.number().optional(),
      most: z.number().optional(),
    }),
    sourceUrl: z.string(),
    entityRef: z.string(),
  })
  .meta({ id: 'JobPreview' });
export type JobPreview = Described<typeof jobPreviewSchema>;
