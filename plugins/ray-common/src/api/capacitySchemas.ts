import type {
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

export const nodesSchema = z.union([nodesStatusSchema, failedSchema]);

export const kubeRaySchema = z.union([
  z
    .object({ ok: z.literal(true), version: z.string().optional() })
    .meta({ id: 'KubeRay', description: "KubeRay's operator" }),
  failedSchema,
]);
