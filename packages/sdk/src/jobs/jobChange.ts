import type { JobRef, RayJob } from '@ml-platform/rayjob';

/** How a change was carried out: on the cluster, or proposed in git. */
export type JobChange =
  | { readonly via: 'cluster'; readonly job: JobRef }
  | {
      readonly via: 'git';
      readonly job: JobRef;
      readonly pullRequestUrl: string;
    };

/** Who asks for a change of a job, and what is known of it. */
export interface ChangeRequest {
  /** Entity reference, or another name of who asks. */
  readonly requester: string;
  /** True when the job's manifest was seen in the repository. */
  readonly seenInGit?: boolean;
}

/** Names a RayJob of a cluster. */
export function refTo(cluster: string, { metadata }: RayJob): JobRef {
  return {
    cluster,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
  };
}

/** The name of a job, without the rest of its row. */
export function refOf({ cluster, namespace, name }: JobRef): JobRef {
  return { cluster, namespace, name };
}
