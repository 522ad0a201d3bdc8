import { InputError } from '@backstage/errors';
import { projectProblem } from '@ml-platform/workload-storage';

/** What the composition has to know of the platform. */
export interface Facts {
  readonly projectId: string;
  /** Location of new buckets. */
  readonly region: string;
}

/**
 * Reads the ConfigMap with the platform's facts.
 * @throws {InputError} that says which fact is missing or wrong
 */
export function readFacts(
  data: Readonly<Record<string, string>> | undefined,
): Facts {
  const { PROJECT_ID: projectId = '', REGION: region = '' } = data ?? {};
  const problem =
    projectProblem(projectId) ??
    (region
      ? undefined
      : 'REGION is empty; set it to a region of Google Cloud');
  if (problem) {
    throw new InputError(
      `The ConfigMap platform-facts of crossplane-system doesn't say where to make the storage: ${problem}`,
    );
  }
  return { projectId, region };
}
