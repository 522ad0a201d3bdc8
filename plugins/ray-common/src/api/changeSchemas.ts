import { z } from 'zod';
import type { Described } from './describes';
import { jobRefSchema } from './jobSchemas';

const idempotencyKeySchema = z.string().min(1).max(200).optional().meta({
  description: 'The same key again answers with the first job',
});

/** Headers of `POST /jobs`. */
export const submitHeadersSchema = z.object({
  'idempotency-key': idempotencyKeySchema,
});

/** Body of `POST /proposals`. What the manifest may hold, admission decides. */
export const proposeSchema = z
  .strictObject({
    cluster: z.string().min(1),
    job: z
      .looseObject({
        metadata: z.looseObject({
          name: z.string(),
          namespace: z.string(),
          labels: z.record(z.string(), z.string()).optional(),
          annotations: z.record(z.string(), z.string()).optional(),
        }),
        spec: z.looseObject({}),
      })
      .meta({ id: 'NewRayJob', description: 'Manifest of a ray.io/v1 RayJob' }),
  })
  .meta({ id: 'ProposeJob' });

/** Body of `POST /jobs`. */
export const submitSchema = proposeSchema
  .extend({ idempotencyKey: idempotencyKeySchema })
  .meta({ id: 'SubmitJob' });
export type SubmitBody = Described<typeof submitSchema>;

/** Body of `PATCH /rayclusters/{cluster}/{namespace}/{name}`. */
export const scaleSchema = z
  .strictObject({
    group: z.string().min(1),
    replicas: z.number().int().min(0).max(10_000),
  })
  .meta({ id: 'ScaleRayCluster' });

export const scaledSchema = jobRefSchema
  .extend({ group: z.string(), replicas: z.number() })
  .meta({ id: 'ScaledRayCluster' });

/** How a change was carried out: on the cluster, or proposed in git. */
export const actionResultSchema = z
  .discriminatedUnion('via', [
    z
      .object({ via: z.literal('cluster'), job: jobRefSchema })
      .meta({ id: 'DoneOnCluster' }),
    z
      .object({
        via: z.literal('git'),
        job: jobRefSchema,
        pullRequestUrl: z.string(),
      })
      .meta({ id: 'ProposedInGit' }),
  ])
  .meta({ id: 'ActionResult' });
export type ActionResult = Described<typeof actionResultSchema>;
