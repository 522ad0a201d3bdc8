import { z } from 'zod';
import type { Described } from './describes';

const label = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'Use lowercase letters, digits and hyphens',
  )
  .max(63);

/** Where a storage is. */
export const storageRefSchema = z
  .object({ namespace: label, name: label })
  .meta({ id: 'StorageRef' });

/** Answer of `GET /storages/{namespace}/{name}`, and data of its stream's events. */
export const storageSchema = z
  .object({
    namespace: z.string(),
    name: z.string(),
    state: z
      .enum(['ready', 'waiting', 'failed', 'deleting', 'missing', 'unknown'])
      .meta({
        description:
          'missing: there is no such resource; unknown: its cluster gives no answer',
      }),
    message: z.string().optional().meta({
      description:
        'What it waits for, or what is wrong; absent when it is ready',
    }),
    bucket: z.string().optional(),
    account: z.string().optional().meta({
      description: 'E-mail address of the Google service account',
    }),
    storageClass: z.string().optional(),
    versioning: z.boolean().optional(),
    deleteAfterDays: z.number().optional(),
    deletion: z.string().optional().meta({
      description:
        'What becomes of the bucket with its resource: Keep or Delete',
    }),
  })
  .meta({
    id: 'WorkloadStorage',
    description: 'Bucket and account of a workload in Google Cloud',
  });
export type StorageDetail = Described<typeof storageSchema>;

/** The events of `GET /storages/{namespace}/{name}/stream`, by name. */
export const storageStreamEvents = { storage: storageSchema } as const;
