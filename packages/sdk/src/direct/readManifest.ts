import { writeManifest, type JobRef } from '@ml-platform/rayjob';
import type { ClusterLink } from './clusterLink';
import { readRayJob } from './clusterObjects';

/** The YAML of a job as the cluster has it. */
export async function readManifest(
  link: ClusterLink,
  ref: JobRef,
  signal?: AbortSignal,
): Promise<string> {
  return writeManifest(await readRayJob(link, ref, signal));
}
