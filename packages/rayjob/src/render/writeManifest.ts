import type { RayJob } from '../objects/kubernetes';
import { writeYaml } from '../yaml/writeYaml';

/** The YAML of a RayJob, without who wrote which of its fields. */
export function writeManifest({ metadata, ...rest }: RayJob): string {
  return writeYaml({
    apiVersion: 'ray.io/v1',
    kind: 'RayJob',
    metadata: { ...metadata, managedFields: undefined },
    ...rest,
  });
}
