import { ANNOTATION_STOPPED_AT } from '../objects/annotations';
import type { RayJob } from '../objects/kubernetes';
import { KUEUE_LABEL_QUEUE } from '../objects/rayLabels';
import { statusMessage } from './statusMessage';

/**
 * Only what {@link jobState}, {@link submitterContainer} and {@link endedByRay}
 * read of a job, to be kept for thousands of jobs.
 */
export function compactJob({ metadata, spec, status }: RayJob): RayJob {
  const queue = metadata.labels?.[KUEUE_LABEL_QUEUE];
  const stopped = metadata.annotations?.[ANNOTATION_STOPPED_AT];
  const live = status?.rayClusterStatus;
  const submitter = spec?.submitterPodTemplate?.spec?.containers?.[0]?.name;
  return {
    metadata: {
      name: metadata.name,
      labels: queue ? { [KUEUE_LABEL_QUEUE]: queue } : undefined,
      annotations: stopped ? { [ANNOTATION_STOPPED_AT]: stopped } : undefined,
    },
    spec: {
      suspend: spec?.suspend,
      managedBy: spec?.managedBy,
      submissionMode: spec?.submissionMode,
      clusterSelector: spec?.clusterSelector,
      submitterPodTemplate: submitter
        ? { spec: { containers: [{ name: submitter }] } }
        : undefined,
    },
    status: {
      jobStatus: status?.jobStatus,
      jobDeploymentStatus: status?.jobDeploymentStatus,
      reason: status?.reason,
      message: statusMessage(status?.message),
      failed: status?.failed,
      startTime: status?.startTime,
      rayJobInfo: status?.rayJobInfo,
      rayClusterStatus: {
        state: live?.state,
        lastUpdateTime: live?.lastUpdateTime,
        reason: live?.reason,
        conditions: live?.conditions?.filter(
          ({ type }) => type === 'RayClusterReplicaFailure',
        ),
      },
    },
  };
}
