import { ANNOTATION_STOPPED_AT } from '../objects/annotations';
import type { ObjectMeta, RayJob } from '../objects/kubernetes';

const milliseconds = (time: string | undefined) =>
  time === undefined ? 0 : Date.parse(time);

/**
 * Metadata to set together with `spec.suspend`: it tells a job that the platform
 * stops from one that somebody suspends to resume it later.
 */
export function stopMark(
  { status }: RayJob,
  now: Date,
): Pick<ObjectMeta, 'annotations'> {
  // The operator's clock may be ahead of ours.
  const at = Math.max(now.getTime(), milliseconds(status?.startTime));
  return {
    annotations: { [ANNOTATION_STOPPED_AT]: new Date(at).toISOString() },
  };
}

/**
 * When the platform stopped a job by suspending it (ISO 8601); `undefined` for a
 * job that is not stopped so, or has been resumed since: then it was started
 * after the mark.
 *
 * Source: KubeRay 1.7 sets `status.startTime` for each run that it begins, and
 * keeps it when it suspends the run.
 */
export function stoppedAt(job: RayJob): string | undefined {
  const { metadata, spec, status } = job;
  const at = metadata.annotations?.[ANNOTATION_STOPPED_AT];
  const isSuspended =
    spec?.suspend === true &&
    ['', 'Suspending', 'Suspended'].includes(status?.jobDeploymentStatus ?? '');
  return at && isSuspended && Date.parse(at) >= milliseconds(status?.startTime)
    ? at
    : undefined;
}
