import { z } from 'zod';
import { ObjectMeta } from '../types';

const syncOptions = z.array(z.string()).default([]);

const ignoreDifference = z.object({
  group: z.string().default(''),
  kind: z.string(),
  name: z.string().optional(),
  namespace: z.string().optional(),
  jsonPointers: z.array(z.string()).default([]),
  jqPathExpressions: z.array(z.string()).default([]),
});

/** The fields of an Application's spec that the sync loop follows. */
export const applicationSpec = z.object({
  project: z.string(),
  source: z.object({
    repoURL: z.string(),
    targetRevision: z.string().default('HEAD'),
    path: z.string().default('.'),
    directory: z
      .object({
        recurse: z.boolean().default(false),
        include: z.string().optional(),
        exclude: z.string().optional(),
      })
      .default({}),
  }),
  destination: z.object({
    name: z.string().optional(),
    server: z.string().optional(),
    namespace: z.string().optional(),
  }),
  ignoreDifferences: z.array(ignoreDifference).default([]),
  syncPolicy: z
    .object({
      automated: z
        .object({
          enabled: z.boolean().default(true),
          prune: z.boolean().default(false),
          selfHeal: z.boolean().default(false),
          allowEmpty: z.boolean().default(false),
        })
        .optional(),
      syncOptions,
      retry: z
        .object({
          limit: z.number().default(0),
          backoff: z
            .object({
              duration: z.string().default('5s'),
              factor: z.number().default(2),
              maxDuration: z.string().default('3m'),
            })
            .default({}),
        })
        .optional(),
    })
    .default({}),
});

/**
 * A sync that somebody asks for: the field `operation` of an Application. What else Argo
 * CD takes there (other sources, other revisions, dry runs) isn't followed.
 */
export const syncOperation = z.object({
  initiatedBy: z.object({ username: z.string().optional() }).default({}),
  info: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  sync: z
    .strictObject({
      prune: z.boolean().default(false),
      syncOptions,
      /** Only these objects, if given. */
      resources: z
        .array(
          z.strictObject({
            group: z.string().default(''),
            kind: z.string(),
            name: z.string(),
            namespace: z.string().optional(),
          }),
        )
        .optional(),
    })
    .default({}),
  retry: z.object({}).passthrough().optional(),
});

export type SyncOperation = z.infer<typeof syncOperation>;
export type ApplicationSpec = z.infer<typeof applicationSpec>;
export type IgnoreDifference = z.infer<typeof ignoreDifference>;

export type SyncStatus = 'Synced' | 'OutOfSync' | 'Unknown';

/** From best to worst: an Application is as healthy as its worst object. */
export const HEALTH_ORDER = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
] as const;

export interface Health {
  readonly status: (typeof HEALTH_ORDER)[number];
  readonly message?: string;
}

export interface Condition {
  readonly type:
    | 'ComparisonError'
    | 'InvalidSpecError'
    | 'SyncError'
    | 'RepeatedResourceWarning';
  readonly message: string;
  readonly lastTransitionTime?: string;
}

export interface ResourceStatus {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly status: SyncStatus;
  readonly health?: Health;
  readonly requiresPruning?: true;
}

/** What became of one object in a sync. */
export interface ResourceResult {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly status: 'Synced' | 'SyncFailed' | 'Pruned' | 'PruneSkipped';
  readonly message: string;
  readonly syncPhase: 'Sync';
}

export interface OperationState {
  readonly operation: object;
  readonly phase: 'Running' | 'Succeeded' | 'Failed' | 'Error';
  readonly message: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly retryCount?: number;
  readonly syncResult?: {
    readonly revision: string;
    readonly source: object;
    readonly resources: readonly ResourceResult[];
  };
}

export interface HistoryEntry {
  readonly id: number;
  readonly revision: string;
  readonly deployStartedAt: string;
  readonly deployedAt: string;
  readonly source: object;
}

export interface ApplicationStatus {
  readonly sync: {
    readonly status: SyncStatus;
    readonly revision?: string;
    readonly comparedTo?: object;
  };
  readonly health: Health & { readonly lastTransitionTime?: string };
  readonly resources?: readonly ResourceStatus[];
  readonly conditions?: readonly Condition[];
  readonly operationState?: OperationState;
  readonly history?: readonly HistoryEntry[];
  readonly reconciledAt?: string;
  readonly sourceType?: 'Directory';
}

/** Argo CD's Application, as it comes from the API server. */
export interface Application {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly spec?: unknown;
  /** A sync that somebody asks for, until it has ended. */
  readonly operation?: unknown;
  readonly status?: ApplicationStatus;
}
