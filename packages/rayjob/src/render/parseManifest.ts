import { InputError } from '@backstage/errors';
import type { RayJob } from '../objects/kubernetes';
import { readRayJob } from '../objects/readRayJob';
import type { JobRef } from '../summary/types';
import { readYaml } from '../yaml/readYaml';

/**
 * Reads the manifest of a run.
 * @throws {InputError} when it is not the RayJob that its path names
 */
export function parseManifest(manifest: string, ref: JobRef): RayJob {
  const job = readRayJob(readYaml(manifest));
  if (
    job.kind !== 'RayJob' ||
    job.apiVersion !== 'ray.io/v1' ||
    job.metadata.name !== ref.name ||
    job.metadata.namespace !== ref.namespace
  ) {
    throw new InputError(
      `The manifest is not the ray.io/v1 RayJob ${ref.namespace}/${ref.name} that its path names`,
    );
  }
  return job;
}
