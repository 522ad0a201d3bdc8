import { ConflictError } from '@backstage/errors';
import { parseManifest, type JobRef } from '@ml-platform/rayjob';

/**
 * Makes sure that a file is the manifest of one job, so that removing it removes
 * nothing else.
 * @throws {ConflictError} when the file holds anything else
 */
export function checkHolds(
  { path, text }: { readonly path: string; readonly text: string },
  ref: JobRef,
): void {
  try {
    parseManifest(text, ref);
  } catch (error) {
    throw new ConflictError(
      `${path} doesn't hold the RayJob ${ref.namespace}/${ref.name} and nothing else; change it in the repository by hand`,
      error,
    );
  }
}
