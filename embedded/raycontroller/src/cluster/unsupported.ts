import { isAutoscaling } from '../crd/features';
import type { RayClusterSpec } from '../crd/rayCluster';

/** What a spec asks for and this controller doesn't do, a sentence each. */
export function unsupportedParts(spec: RayClusterSpec): string[] {
  const { gcsFaultToleranceOptions, authOptions } = spec;
  return [
    ...(isAutoscaling(spec)
      ? [
          'enableInTreeAutoscaling: no autoscaler is started, worker groups keep their replicas',
        ]
      : []),
    ...(authOptions?.mode === 'token'
      ? ['authOptions: no token is made, the cluster runs without one']
      : []),
    ...(gcsFaultToleranceOptions
      ? ['gcsFaultToleranceOptions: what the head knows ends with the head']
      : []),
  ];
}
