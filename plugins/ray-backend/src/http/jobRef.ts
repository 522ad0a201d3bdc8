import { InputError } from '@backstage/errors';
import type { JobRef } from '@ml-platform/rayjob';
import type { Request } from 'express';
import { z } from 'zod';
import type { JobRunRef } from '../jobs/jobRun';

/** Path of one job. */
export const JOB_PATH = '/jobs/:cluster/:namespace/:name';

const runQuery = z.object({ uid: z.string().min(1).max(200).optional() });

/**
 * The run of a job that a request names: with `?uid=` one that may be gone.
 * @throws {InputError} when there is more than one UID
 */
export function jobRunRefOf(request: Request): JobRunRef {
  const { success, data } = runQuery.safeParse({ uid: request.query.uid });
  if (!success) {
    throw new InputError('uid: Give the UID of one run');
  }
  return { ...jobRefOf(request), ...data };
}

/** The job that a request's path names. */
export function jobRefOf({ params }: Request): JobRef {
  const { cluster, namespace, name } = params;
  return { cluster, namespace, name };
}
