import { InputError } from '@backstage/errors';
import type { RayJob } from '../objects/kubernetes';
import type { JobRef } from '../summary/types';
import { parse } from 'yaml';

/**
 * Reads the manifest of a run.
 * @throws InputError when it is not the RayJob that its path names
 */
export function parseManifest(manifest: string, ref: JobRef): RayJob {
  let job: RayJob | null;
  try {
    job = parse(manifest);
  } catch (error) {
    throw new InputError('The manifest is not YAML', error);
  }
  if (
    job?.kind !== 'RayJob' ||
    job.apiVersion !== 'ray.io/v1' ||
    job.metadata?.name !== ref.name ||
    job.metadata.namespace !== ref.namespace
  ) {
    throw new InputError(
      `The manifest is not the ray.io/v1 RayJob ${ref.namespace}/${ref.name} that its path names`,
    );
  }
  return job;
}
