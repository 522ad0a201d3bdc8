import type { RayClusterSpec } from './rayCluster';

export function isAutoscaling(spec: RayClusterSpec | undefined): boolean {
  return spec?.enableInTreeAutoscaling === true;
}

/** Whether Ray's `/api/healthz` answers for a whole node (Ray 2.53 and newer). */
export function hasUnifiedHealthCheck(rayVersion: string | undefined): boolean {
  return isAtLeast(rayVersion, [2, 53, 0]);
}

export function isAtLeast(
  version: string | undefined,
  minimum: readonly number[],
): boolean {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version ?? '');
  if (!match) {
    return false;
  }
  const parts = match.slice(1).map(part => Number(part ?? 0));
  const differs = minimum.findIndex((part, index) => parts[index] !== part);
  return differs === -1 || parts[differs] > minimum[differs];
}

export function isGpuResource(name: string): boolean {
  return name.endsWith('gpu') || /nvidia\.com\/mig-\d+g\.\d+gb$/.test(name);
}
