import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Who asks, as it is written into jobs and pull requests. */
export function requesterOf({ principal }: BackstageCredentials): string {
  if (
    typeof principal === 'object' &&
    principal !== null &&
    'userEntityRef' in principal
  ) {
    return String(principal.userEntityRef);
  }
  return typeof principal === 'object' &&
    principal !== null &&
    'subject' in principal
    ? String(principal.subject)
    : 'unknown';
}
