import { InputError } from '@backstage/errors';
import { jobManifestPath } from '@ml-platform/gitops';
import {
  ANNOTATION_GITOPS_PATH,
  ARGOCD_ANNOTATION_TRACKING,
  type JobRef,
  type RayJob,
} from '@ml-platform/rayjob';

/** What a job's own annotations say about coming from git. */
export interface GitClaim {
  /** Argo CD's Application that tracks this very object. */
  readonly application?: string;
  /** True when the platform's annotation names the job's own path. */
  readonly path: boolean;
  /** A path that the annotation names, but that isn't the job's. */
  readonly foreignPath?: string;
}

/**
 * Reads Argo CD's tracking id, `<application>:<group>/<kind>:<namespace>/<name>`
 * (https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/). An id
 * of another object was copied along with the job, and says nothing.
 */
function applicationOf({ metadata }: RayJob): string | undefined {
  const id = metadata.annotations?.[ARGOCD_ANNOTATION_TRACKING];
  const own = `:ray.io/RayJob:${metadata.namespace}/${metadata.name}`;
  return id?.endsWith(own) ? id.slice(0, -own.length) || undefined : undefined;
}

/** The path of a job's manifest, if it is one that a repository can hold. */
function ownPath(ref: JobRef, gitopsPath: string): string | undefined {
  try {
    return jobManifestPath(ref, gitopsPath);
  } catch (error) {
    if (error instanceof InputError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * What a job says about itself. Whoever creates a job writes its annotations, so
 * this is a reason to ask the repository, and never the answer.
 *
 * @param gitopsPath - folder of the GitOps tree, when it is known
 */
export function gitClaim(
  ref: JobRef,
  job: RayJob,
  gitopsPath?: string,
): GitClaim {
  const named = job.metadata.annotations?.[ANNOTATION_GITOPS_PATH];
  const own = ownPath(ref, gitopsPath ?? '');
  const path =
    named !== undefined &&
    own !== undefined &&
    (named === own || (gitopsPath === undefined && named.endsWith(`/${own}`)));
  return {
    application: applicationOf(job),
    path,
    foreignPath: path ? undefined : named,
  };
}
