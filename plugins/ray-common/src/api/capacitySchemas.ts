import type {
  Amounts,
  FreeAmounts,
  GpuResource,
  NodeResource,
  NodesStatus,
} from '@ml-platform/rayjob';
import { z } from 'zod';
import { describes } from './describes';

const failedSchema = z
  .object({
    ok: z.literal(false),
    error: z.string(),
    refused: z.boolean().optional().meta({
      description:
        'True where the portal has no right to know, which is no fault',
    }),
  })
  .meta({ id: 'FailedProbe' });

const resourceFields = {
  allocatable: z.number(),
  requested: z.number(),
};

const nodeResourceSchema = describes<NodeResource>()(
  z.object(resourceFields).meta({
    id: 'NodeResource',
    description:
      'What nodes that take pods have, and what pods on them asked for: milliCPU, bytes or devices',
  }),
);

const gpuResourceSchema = describes<GpuResource>()(
  z
    .object({
      type: z.string().meta({
        description: 'As the nodes are labelled, else the name of the resource',
      }),
      ...resourceFields,
    })
    .meta({ id: 'GpuResource', description: 'The GPUs of one kind' }),
);

const nodesStatusSchema = describes<{ readonly ok: true } & NodesStatus>()(
  z
    .object({
      ok: z.literal(true),
      total: z.number().meta({ description: 'Number of nodes' }),
      ready: z.number(),
      cpu: nodeResourceSchema,
      memory: nodeResourceSchema,
      gpu: nodeResourceSchema,
      gpus: z.array(gpuResourceSchema),
    })
    .meta({ id: 'NodesStatus', description: 'The nodes of a cluster' }),
);

const amountsSchema = describes<Amounts>()(
  z
    .object({ cpu: z.number(), memory: z.number(), gpu: z.number() })
    .meta({ id: 'Amounts', description: 'milliCPU, bytes and devices' }),
);

export const freeAmountsSchema = describes<FreeAmounts>()(
  z
    .object({
      total: amountsSchema,
      largest: amountsSchema.meta({
        description:
          'Of each resource the most on one node; not all of it is on the same one',
      }),
    })
    .meta({
      id: 'FreeAmounts',
      description: 'What is free on the nodes that take pods',
    }),
);

export const nodesSchema = z.union([nodesStatusSchema, failedSchema]);

export const kubeRaySchema = z.union([
  z
    .object({ ok: z.literal(true), version: z.string().optional() })
    .meta({ id: 'KubeRay', description: "KubeRay's operator" }),
  failedSchema,
]);
