import type { RayJob } from '@ml-platform/backstage-plugin-ray-common';

const ANNOTATION = 'ml-platform.dev/idempotency-key';

export function withIdempotencyKey(
  job: RayJob,
  key: string | undefined,
): RayJob {
  if (key === undefined) {
    return job;
  }
  const annotations = { ...job.metadata.annotations, [ANNOTATION]: key };
  return { ...job, metadata: { ...job.metadata, annotations } };
}

export function idempotencyKeyOf(job: RayJob): string | undefined {
  return job.metadata.annotations?.[ANNOTATION];
}
