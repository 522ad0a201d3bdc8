import type { JobRef } from '@ml-platform/rayjob';
import { isFromGit } from '../gitops/manifestRow';

/** Names a job, or with its UID one run of it: a name can pass to another job. */
export type JobRunRef = JobRef & { readonly uid?: string };

/**
 * True for the run that is meant. A name alone means whichever has it; so does
 * the row of a manifest in git, which no cluster has given a UID.
 */
export function isRun(uid: string, ref: Pick<JobRunRef, 'uid'>): boolean {
  return (
    ref.uid === undefined || ref.uid === uid || isFromGit({ uid: ref.uid })
  );
}

/** True where a job was deleted and another was created under its name. */
export function isOtherRun(
  before: { readonly uid: string },
  after: { readonly uid: string },
): boolean {
  return before.uid !== after.uid && !isFromGit(before) && !isFromGit(after);
}
