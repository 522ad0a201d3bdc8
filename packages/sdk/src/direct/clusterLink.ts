import { NotFoundError } from '@backstage/errors';
import type { KubeClient } from '@ml-platform/kube';

/** A cluster that jobs run on, and how to ask it. */
export interface ClusterLink {
  readonly name: string;
  readonly client: KubeClient;
}

/** A failed list of a kind of `ray.io`, with what to do where KubeRay is missing. */
export function withoutKubeRay(name: string, error: unknown): unknown {
  return error instanceof NotFoundError
    ? new NotFoundError(
        `${name} doesn't know RayJobs; install KubeRay there, or choose another cluster`,
      )
    : error;
}
