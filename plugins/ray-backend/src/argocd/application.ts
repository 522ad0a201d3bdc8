import type { KubeObject, Resource } from '@ml-platform/kube';

/** Argo CD's Applications. */
export const APPLICATIONS: Resource = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  kind: 'Application',
  plural: 'applications',
};

/** Where an Application finds its manifests. */
export interface ApplicationSource {
  readonly repoURL?: string;
  readonly path?: string;
  /** Branch, tag or commit; the default branch where it is absent or `HEAD`. */
  readonly targetRevision?: string;
  readonly directory?: { readonly recurse?: boolean };
}

/** Names one object of the cluster that an Application goes to. */
export interface ResourceName {
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** How an object differs from git. */
export interface ResourceStatus extends ResourceName {
  readonly status?: string;
  /** Git doesn't have the object. */
  readonly requiresPruning?: boolean;
}

/** What became of an object in a sync: `Synced`, `SyncFailed`, `Pruned` or `PruneSkipped`. */
export interface ResourceResult extends ResourceName {
  readonly status?: string;
  readonly message?: string;
}

/** The last sync, or the one that runs. Times are ISO 8601. */
export interface OperationState {
  /** `Running`, `Terminating`, `Succeeded`, `Failed` or `Error`. */
  readonly phase?: string;
  readonly message?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly retryCount?: number;
  readonly syncResult?: {
    readonly revision?: string;
    readonly resources?: readonly ResourceResult[];
  };
}

/**
 * Argo CD's Application, as far as it is read here.
 *
 * Source: argoproj/argo-cd, pkg/apis/application/v1alpha1/types.go.
 */
export interface Application extends KubeObject {
  /** A sync that somebody asked for; Argo CD takes it away when it has ended. */
  readonly operation?: object;
  readonly spec?: {
    readonly source?: ApplicationSource;
    readonly sources?: readonly ApplicationSource[];
    readonly syncPolicy?: {
      readonly automated?: {
        readonly enabled?: boolean;
        readonly prune?: boolean;
      };
      readonly syncOptions?: readonly string[];
      readonly retry?: object;
    };
  };
  readonly status?: {
    readonly sync?: { readonly status?: string; readonly revision?: string };
    readonly health?: { readonly status?: string };
    readonly resources?: readonly ResourceStatus[];
    readonly conditions?: readonly {
      readonly type?: string;
      readonly message?: string;
    }[];
    readonly operationState?: OperationState;
  };
}
