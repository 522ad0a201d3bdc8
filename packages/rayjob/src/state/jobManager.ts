import type { RayJob } from '../objects/kubernetes';

const KUBERAY = 'ray.io/kuberay-operator';
const MULTIKUEUE = 'kueue.x-k8s.io/multikueue';

/** Who manages a job in KubeRay's place, in words; `undefined` for KubeRay. */
export function jobManager({ spec }: Pick<RayJob, 'spec'>): string | undefined {
  const manager = spec?.managedBy;
  if (!manager || manager === KUBERAY) {
    return undefined;
  }
  return manager === MULTIKUEUE ? 'MultiKueue' : manager;
}

/** Why nothing happens to a job here that another controller manages. */
export function managedElsewhere(manager: string): string {
  return manager === 'MultiKueue'
    ? 'MultiKueue manages this job: it starts the job on another cluster, and will report here how the job does'
    : `${manager} manages this job, not KubeRay, and has reported nothing about it yet`;
}
