import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { rayJobCreatePermission } from '@ml-platform/backstage-plugin-ray-common';
import {
  ANNOTATION_REQUESTER,
  jobSummary,
  LABEL_MANAGED_BY,
  MANAGED_BY,
  readRayJob,
  type JobPolicy,
  type JobRef,
  type JobSummary,
  type RayJob,
} from '@ml-platform/rayjob';
import { allowedMetadata, checkAdmission } from '@ml-platform/sdk';
import type { Authorizer } from './Authorizer';
import { requesterOf } from './requesterOf';

export interface JobAdmissionOptions {
  readonly authorizer: Authorizer;
  /**
   * The namespaces that are watched on a cluster; all where absent.
   * @throws {NotFoundError} when there is no such cluster
   */
  readonly namespacesOf: (cluster: string) => readonly string[] | undefined;
  /** What the specification of a caller's job may ask for. */
  readonly policyOf: (caller: BackstageCredentials) => Promise<JobPolicy>;
  /** Keys of metadata that jobs may bring beside the platform's own. */
  readonly allowedMetadata: readonly string[];
  /** The jobs of a place that have not ended, in git or on its cluster. */
  readonly jobsAt: (place: Omit<JobRef, 'name'>) => Iterable<JobSummary>;
}

/** A job that somebody wants to be created. */
export interface JobRequest {
  readonly cluster: string;
  readonly job: RayJob;
  /** Who asks, and so whose job it becomes. */
  readonly caller: BackstageCredentials;
}

/**
 * The one door to a new job, whichever way it is asked for: who may create it,
 * where it may run, and what it may ask for.
 */
export class JobAdmission {
  readonly #options: JobAdmissionOptions;

  constructor(options: JobAdmissionOptions) {
    this.#options = options;
  }

  /**
   * The job as it may be created: in the caller's name, with nothing in its
   * metadata that belongs to others.
   *
   * @throws {NotAllowedError} when the caller may not create this job there
   * @throws {NotFoundError} when there is no such cluster
   * @throws {InputError} when the platform doesn't run such a job; says all that
   * is wrong
   */
  async admit({ cluster, job, caller }: JobRequest): Promise<RayJob> {
    const { authorizer, policyOf, allowedMetadata: more } = this.#options;
    const metadata = allowedMetadata(job.metadata, more);
    const admitted = readRayJob({
      apiVersion: 'ray.io/v1',
      kind: 'RayJob',
      metadata: {
        ...metadata,
        labels: { ...metadata.labels, [LABEL_MANAGED_BY]: MANAGED_BY },
        annotations: {
          ...metadata.annotations,
          [ANNOTATION_REQUESTER]: requesterOf(caller),
        },
      },
      spec: job.spec,
    });
    await authorizer.requireForJob(
      caller,
      rayJobCreatePermission,
      jobSummary(cluster, admitted),
    );
    const { namespace = '' } = admitted.metadata;
    checkAdmission(
      {
        clusters: [
          {
            name: cluster,
            holdsJobs: true,
            namespaces: this.#options.namespacesOf(cluster),
          },
        ],
        complete: true,
        policy: await policyOf(caller),
        allowedMetadata: more,
        jobs: this.#options.jobsAt({ cluster, namespace }),
      },
      cluster,
      { ...admitted, metadata: job.metadata },
    );
    return admitted;
  }
}
