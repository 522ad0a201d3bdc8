import type { Condition } from '@ml-platform/workload-storage';

/** A managed resource of Crossplane's Google provider, as far as it is read here. */
export interface Managed {
  readonly spec?: { readonly forProvider?: { readonly location?: string } };
  readonly status?: {
    readonly atProvider?: { readonly email?: string };
    readonly conditions?: readonly Condition[];
  };
}

export function isReady(managed: Managed | undefined): boolean {
  return (
    managed?.status?.conditions?.some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    ) ?? false
  );
}

/**
 * Why Google or the provider refuses a resource, in their words.
 *
 * Source: Crossplane's condition `Synced`, and Upjet's `LastAsyncOperation` for what
 * takes longer than a request.
 */
export function failureOf(managed: Managed | undefined): string | undefined {
  const failed = managed?.status?.conditions?.find(
    ({ type, status }) =>
      (type === 'Synced' || type === 'LastAsyncOperation') &&
      status === 'False',
  );
  return failed && (failed.message || failed.reason || 'no reason given');
}
