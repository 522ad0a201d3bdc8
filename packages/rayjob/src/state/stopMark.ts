import { ANNOTATION_STOPPED_AT } from '../objects/annotations';
import type { ObjectMeta, RayJob } from '../objects/kubernetes';

const milliseconds = (time: string | undefined) =>
  time === undefined ? 0 : Date.parse(time);

/**
 * Metadata to set when the platform stops a job. Together with `spec.suspend` it
 * tells such a job from one that somebody suspends to resume it later; without, a
 * job that Ray was asked to stop from one that simply runs.
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

/** When the run of a job that is on was asked to stop. */
function markOf({ metadata, status }: RayJob): string | undefined {
  const at = metadata.annotations?.[ANNOTATION_STOPPED_AT];
  return at && Date.parse(at) >= milliseconds(status?.startTime)
    ? at
    : undefined;
}

/** True for a job that the platform was asked to stop, and that has not ended yet. */
export function isStopping(job: RayJob): boolean {
  const word = job.status?.jobDeploymentStatus ?? '';
  const waits = word === 'Initializing' || word === 'Waiting';
  return (
    (word === 'Running' || (waits && job.spec?.suspend === true)) &&
    markOf(job) !== undefined
  );
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
  const { spec, status } = job;
  const isSuspended =
    spec?.suspend === true &&
    ['', 'Suspending', 'Suspended'].includes(status?.jobDeploymentStatus ?? '');
  return isSuspended ? markOf(job) : undefined;
}
