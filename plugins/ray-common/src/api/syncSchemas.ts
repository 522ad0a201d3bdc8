import { z } from 'zod';
import type { Described } from './describes';
import { timeSchema } from './jobSchemas';

const blockingFileSchema = z
  .object({
    kind: z.string(),
    namespace: z.string(),
    name: z.string(),
    path: z.string().optional().meta({
      description: 'Path in the repository, where it is that of a job',
    }),
    url: z.string().optional().meta({ description: 'Web page of the file' }),
    message: z.string().meta({ description: 'Why it was refused' }),
  })
  .meta({ id: 'BlockingFile' });

/** What Argo CD says of the Application that brings a job. */
export const jobSyncSchema = z
  .object({
    state: z
      .enum([
        'synced',
        'out-of-sync',
        'not-seen',
        'failed',
        'blocked',
        'removing',
        'no-application',
        'unknown',
      ])
      .meta({
        description:
          "synced: the cluster has what git says; out-of-sync: the next sync applies the job; not-seen: Argo CD hasn't compared the job's file yet; failed: the cluster refused the file; blocked: other files hold it up; removing: git no longer has the job; no-application: nothing follows the file; unknown: Argo CD's resources can't be read",
      }),
    message: z.string().optional().meta({
      description: 'What it waits for, or what to do; absent when it is synced',
    }),
    error: z.string().optional().meta({
      description:
        "Argo CD's own words; left out where they may tell of jobs that the caller may not see",
    }),
    application: z
      .object({
        namespace: z.string(),
        name: z.string(),
        health: z.string().optional().meta({
          description: 'Of all that it brings, for example Degraded',
        }),
        url: z.string().optional().meta({
          description: 'Its page in Argo CD, where the portal knows it',
        }),
      })
      .optional(),
    automated: z.boolean().optional().meta({
      description: 'Argo CD syncs by itself when git changes',
    }),
    running: z.boolean().optional().meta({
      description: 'A sync runs, or is asked for',
    }),
    revision: z.string().optional().meta({
      description: 'Commit that Argo CD compared last',
    }),
    lastTriedAt: timeSchema.optional().meta({
      description: 'When the last sync ended, or the running one began',
    }),
    blockedBy: z.array(blockingFileSchema).optional().meta({
      description:
        'Some of the files that were refused, as far as the caller may see them',
    }),
  })
  .meta({
    id: 'JobSync',
    description: "What Argo CD says of a job's file",
  });
export type JobSync = Described<typeof jobSyncSchema>;
export type BlockingFile = Described<typeof blockingFileSchema>;

/** The events of `GET /jobs/{cluster}/{namespace}/{name}/sync/stream`, by name. */
export const syncStreamEvents = { sync: jobSyncSchema } as const;
