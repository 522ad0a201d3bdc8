import { createHash } from 'node:crypto';
import type { JobRef } from '@ml-platform/rayjob';

/** What a pull request asks to be done with a job. */
export type JobVerb = 'run' | 'stop' | 'delete';

/** Longest part of a branch name; git's own limit is that of a file name. */
const LONGEST_PART = 63;
const KEPT = 40;

/**
 * Writes any text as a part of a branch name: `=` and two hexadecimal digits for
 * each byte that git may refuse, and a hash for the end of a long text. Two
 * texts never give the same part.
 */
function part(text: string): string {
  const safe = Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(
      /[^A-Za-z0-9_-]/g,
      byte => `=${byte.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
  if (safe.length <= LONGEST_PART) {
    return safe || '=';
  }
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${safe.slice(0, KEPT)}==${hash}`;
}

/**
 * Branch of the pull request that asks for a change of one job. It names the
 * job's place, so that jobs of the same name never share one.
 *
 * @param round - from 1; a job that is still there after its pull request was
 * closed can be asked for again
 */
export function jobBranch(
  verb: JobVerb,
  { cluster, namespace, name }: JobRef,
  round = 1,
): string {
  const parts = ['ray-job', verb, ...[cluster, namespace, name].map(part)];
  // Not a part of its own: git can't hold both `a` and `a/2`.
  return `${parts.join('/')}${round > 1 ? `.${round}` : ''}`;
}

/** What the pull request of a branch asks for, if the branch is one of ours. */
export function verbOfBranch(branch: string): JobVerb | undefined {
  const [, verb] = /^ray-job\/(run|stop|delete)\//.exec(branch) ?? [];
  return verb as JobVerb | undefined;
}
