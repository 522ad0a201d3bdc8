import { isError } from '@backstage/errors';
import type { KubeClient } from '@ml-platform/kube';
import { kubeRayStatus } from '../status/kubeRayStatus';
import type { Check } from './doctorTypes';

/** Whether the cluster runs RayJobs. */
export async function checkKubeRay(
  client: KubeClient,
  signal: AbortSignal,
): Promise<Check> {
  try {
    const { version } = await kubeRayStatus(client, signal);
    return {
      part: 'KubeRay',
      result: 'ok',
      detail: version
        ? `ray.io/v1, operator ${version}`
        : 'ray.io/v1; you see no Deployment of the operator',
    };
  } catch (error) {
    return {
      part: 'KubeRay',
      result: 'fail',
      detail: isError(error) ? error.message : String(error),
      remedy:
        'Install KubeRay with its Helm chart kuberay-operator, or see why its pod does not run',
    };
  }
}
