import { BUILD_CONTEXT, BUILD_ID } from './buildJob';
import { endOf, type BuildJob } from './buildJobTypes';
import { isSameContext } from './contextParts';

/**
 * Milliseconds that a Job may wait for its context. Whoever submits it takes seconds; if it
 * still waits then, they came no further, and nothing of Kubernetes ends it.
 */
const SUBMISSION = 120_000;

/** What the Job of a version means for a build of it that is to start. */
export type Standing =
  /** It is this build, and it is on its way. */
  | 'running'
  /** It is this build, but nobody has told it to begin. */
  | 'waiting'
  /** It is another build, on its way or being submitted. */
  | 'other'
  /** It has ended, or was left. */
  | 'over';

/** True for a Job whose submitter came no further. */
export function isLeft(job: BuildJob): boolean {
  const { creationTimestamp = '' } = job.metadata;
  return (
    job.spec.suspend === true &&
    Date.now() - Date.parse(creationTimestamp) > SUBMISSION
  );
}

/** What the Job that is there means for one that is to be submitted. */
export function standingOf(there: BuildJob, job: BuildJob): Standing {
  const { annotations = {}, deletionTimestamp } = there.metadata;
  if (endOf(there) || deletionTimestamp) return 'over';
  const wanted = job.metadata.annotations ?? {};
  const isOwn = annotations[BUILD_ID] === wanted[BUILD_ID];
  if (!there.spec.suspend) return isOwn ? 'running' : 'other';
  if (!isOwn) return isLeft(there) ? 'over' : 'other';
  // Another portal may have packed the same files in another way, or named a commit.
  return isSameContext(
    annotations[BUILD_CONTEXT] ?? '',
    wanted[BUILD_CONTEXT] ?? '',
  )
    ? 'waiting'
    : 'over';
}
