import { isAutoscaling } from '../crd/features';
import type { RayClusterSpec } from '../crd/rayCluster';

/** What a spec asks for and this controller does not do, a sentence each. */
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
      ? [
          'gcsFaultToleranceOptions: what is in Redis is not cleaned up with the cluster',
        ]
      : []),
  ];
}
