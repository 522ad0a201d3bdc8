import type { RayJob } from '@ml-platform/rayjob';

/** Names the submission that made a job. */
export const ANNOTATION_IDEMPOTENCY_KEY = 'ml-platform.dev/idempotency-key';

export function withIdempotencyKey(
  job: RayJob,
  key: string | undefined,
): RayJob {
  if (key === undefined) {
    return job;
  }
  const annotations = {
    ...job.metadata.annotations,
    [ANNOTATION_IDEMPOTENCY_KEY]: key,
  };
  return { ...job, metadata: { ...job.metadata, annotations } };
}

export function idempotencyKeyOf(job: RayJob): string | undefined {
  return job.metadata.annotations?.[ANNOTATION_IDEMPOTENCY_KEY];
}
