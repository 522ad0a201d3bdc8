import type { RayJobDocument } from '@ml-platform/backstage-plugin-ray-common';
import { jobPage, jobResource } from '@ml-platform/backstage-plugin-ray-node';
import { plainText, shorten, type JobSummary } from '@ml-platform/rayjob';

/** Longest message in the index, in characters. */
const LONGEST_MESSAGE = 1_000;

/** `ada` of `user:default/ada`. */
function nameOf(entityRef: string): string {
  return entityRef.slice(
    Math.max(entityRef.lastIndexOf('/'), entityRef.lastIndexOf(':')) + 1,
  );
}

/** A job as the index has it. Only who may see this run finds it. */
export function jobDocument(job: JobSummary): RayJobDocument {
  const { owner = '' } = job;
  return {
    title: job.name,
    text: shorten(plainText(job.message ?? ''), LONGEST_MESSAGE),
    location: jobPage(job),
    cluster: job.cluster,
    namespace: job.namespace,
    workload: job.workload ?? '',
    version: job.version ?? '',
    owner,
    ownerName: nameOf(owner),
    state: job.state,
    createdAt: job.createdAt,
    startedAt: job.startedAt ?? '',
    endedAt: job.endedAt ?? '',
    authorization: { resourceRef: jobResource(job) },
  };
}
