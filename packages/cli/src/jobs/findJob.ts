import { isError, NotFoundError } from '@backstage/errors';
import type { JobSummary } from '@ml-platform/rayjob';
import type { Cli } from '../Cli';

/**
 * The job with a name: in the namespace that is named, else in that of the
 * settings, else in any that the caller may see.
 *
 * @throws {NotFoundError} when there is none
 * @throws {ConflictError} when several namespaces have one
 */
export async function findJob(cli: Cli, name: string): Promise<JobSummary> {
  const { platform, namespace } = await cli.open();
  const { signal } = cli.io;
  try {
    return await platform.findJob({ name, namespace }, { signal });
  } catch (error) {
    const mayBeElsewhere =
      isError(error) &&
      error.name === NotFoundError.name &&
      cli.globals.namespace === undefined;
    if (!mayBeElsewhere) {
      throw error;
    }
    return platform.findJob({ name }, { signal }).catch(other => {
      // Who may look into one namespace only, is told of that one.
      throw isError(other) && other.name === 'NotAllowedError' ? error : other;
    });
  }
}
