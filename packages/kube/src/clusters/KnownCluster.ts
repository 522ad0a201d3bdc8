import type { ClusterAuth, ClusterConfig } from './ClusterConfig';

/** How requests are let in, or an auth provider that can't be used here. */
export type KnownAuth = ClusterAuth | { readonly unsupported: string };

/** A cluster of Backstage's `kubernetes:` section, listed there or found. */
export interface KnownCluster extends Omit<ClusterConfig, 'auth'> {
  readonly title?: string;
  /** Web page of the cluster's own dashboard. */
  readonly dashboardUrl?: string;
  readonly auth: KnownAuth;
  /** Why it can't be reached yet, as far as who found it knows. */
  readonly unready?: string;
}
