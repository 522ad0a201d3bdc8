import { z } from 'zod';
import { Health, HEALTH_ORDER } from '../application/Application';
import { groupOf, KubeManifest } from '../types';

const rayJobStatus = z
  .object({
    jobDeploymentStatus: z.string().nullish(),
    jobStatus: z.string().nullish(),
    reason: z.string().nullish(),
    message: z.string().nullish(),
  })
  .default({});

/** The rule of gitops/argocd/config/argocd-cm.yaml for a RayJob. */
export function rayJobHealth(status: unknown): Health {
  const parsed = rayJobStatus.safeParse(status ?? undefined);
  if (!parsed.success) {
    return { status: 'Unknown', message: 'The status can not be read' };
  }
  const { jobDeploymentStatus, jobStatus, reason, message } = parsed.data;
  const answer = (health: Health['status'], text: string): Health => ({
    status: health,
    message: message || text,
  });
  const phase = jobDeploymentStatus || '';
  switch (phase) {
    case '':
      return answer('Progressing', 'Waiting for the KubeRay operator');
    case 'Failed':
    case 'ValidationFailed':
      return answer('Degraded', reason || phase);
    case 'Suspended':
      return answer('Suspended', phase);
    case 'Complete':
      if (jobStatus === 'SUCCEEDED') return answer('Healthy', 'Succeeded');
      if (jobStatus === 'STOPPED') {
        return answer('Healthy', 'Stopped before it was done');
      }
      return answer('Progressing', phase);
    default:
      return answer('Progressing', phase);
  }
}

/** Health of a live object; undefined for kinds that have none. */
export function objectHealth(live: KubeManifest): Health | undefined {
  if (live.metadata.deletionTimestamp) {
    return { status: 'Progressing', message: 'Pending deletion' };
  }
  return groupOf(live.apiVersion) === 'ray.io' && live.kind === 'RayJob'
    ? rayJobHealth(live.status)
    : undefined;
}

/** The worst of them; Healthy where there is none. */
export function worstHealth(
  healths: readonly Health['status'][],
): Health['status'] {
  const worst = Math.max(0, ...healths.map(one => HEALTH_ORDER.indexOf(one)));
  return HEALTH_ORDER[worst];
}
