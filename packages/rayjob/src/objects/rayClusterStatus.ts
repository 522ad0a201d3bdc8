import type { RayClusterStatus } from './kubernetes';

/**
 * True once KubeRay has seen a Ray cluster. Before that the status has zeros in
 * it, and KubeRay leaves out other zeros ever after, so that no number tells.
 */
export function hasReported(
  status: RayClusterStatus | undefined,
): status is RayClusterStatus {
  return Boolean(status?.state || status?.lastUpdateTime);
}
