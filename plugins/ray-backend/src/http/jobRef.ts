import type { JobRef } from '@ml-platform/rayjob';
import type { Request } from 'express';

/** Path of one job. */
export const JOB_PATH = '/jobs/:cluster/:namespace/:name';

/** The job that a request's path names. */
export function jobRefOf({ params }: Request): JobRef {
  const { cluster, namespace, name } = params;
  return { cluster, namespace, name };
}
