import { isError, NotFoundError } from '@backstage/errors';
import type { JobSummary } from '@ml-platform/rayjob';
import type { Platform } from '@ml-platform/sdk';
import type { Cli } from '../Cli';

/** A job, and the way that it was found by. */
export interface FoundJob {
  readonly job: JobSummary;
  readonly platform: Platform;
}

/** True for an error that says that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return isError(error) && error.name === NotFoundError.name;
}

/** In the namespace that is named, else in that of the settings, else in any. */
async function lookUp(cli: Cli, name: string): Promise<FoundJob> {
  const { platform, namespace } = await cli.open();
  const { signal } = cli.io;
  try {
    const job = await platform.findJob({ name, namespace }, { signal });
    return { job, platform };
  } catch (error) {
    if (!isNotFound(error) || cli.globals.namespace !== undefined) {
      throw error;
    }
    const job = await platform.findJob({ name }, { signal }).catch(other => {
      // Who may look into one namespace only, is told of that one.
      throw isError(other) && other.name === 'NotAllowedError' ? error : other;
    });
    return { job, platform };
  }
}

/**
 * The job with a name: on the cluster, else as the portal knows it, which has those
 * that wait in a pull request and those that are gone.
 *
 * @throws {NotFoundError} when there is none
 * @throws {ConflictError} when several namespaces have one
 */
export async function findJob(cli: Cli, name: string): Promise<FoundJob> {
  try {
    return await lookUp(cli, name);
  } catch (error) {
    const portal = isNotFound(error) && (await cli.openPortal());
    if (!portal) {
      throw error;
    }
    // The portal may be away; what the cluster says holds nonetheless.
    return lookUp(portal, name).catch(() => {
      throw error;
    });
  }
}
