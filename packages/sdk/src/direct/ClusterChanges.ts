import type { JobsRepository } from '@ml-platform/gitops';
import type { KubeClient } from '@ml-platform/kube';
import {
  DEFAULT_JOB_POLICY,
  type JobPolicy,
  type JobPresets,
  type JobRef,
  type RayJob,
} from '@ml-platform/rayjob';
import { checkAdmission } from '../jobs/jobAdmission';
import type { JobChange } from '../jobs/jobChange';
import { JobChanges } from '../jobs/JobChanges';
import type { NewJob } from '../platform/Platform';

export interface ClusterChangesOptions {
  /** @throws {NotFoundError} when there is no such cluster */
  readonly client: (cluster: string) => KubeClient;
  readonly repository?: JobsRepository;
  readonly requester: string;
  readonly policy?: JobPolicy;
  readonly presets?: JobPresets;
}

/** The rules of changing jobs, for one person. */
export class ClusterChanges {
  readonly #options: ClusterChangesOptions;
  readonly #changes: JobChanges;

  constructor(options: ClusterChangesOptions) {
    this.#options = options;
    this.#changes = new JobChanges(options);
  }

  async submit(
    cluster: string,
    { job, idempotencyKey }: NewJob,
  ): Promise<JobChange> {
    this.#admit(cluster, job);
    return this.#changes.submit({ cluster, job, idempotencyKey });
  }

  async propose(cluster: string, { job }: NewJob): Promise<JobChange> {
    this.#admit(cluster, job);
    return this.#changes.propose(cluster, job);
  }

  stop(ref: JobRef): Promise<JobChange> {
    const { requester } = this.#options;
    return this.#changes.stop(ref, { requester });
  }

  retry(ref: JobRef, source: RayJob): Promise<JobChange> {
    const { requester } = this.#options;
    return this.#changes.retry(ref.cluster, source, {
      requester,
      admit: async job => {
        this.#admit(ref.cluster, job);
        return job;
      },
    });
  }

  delete(ref: JobRef): Promise<JobChange> {
    const { requester } = this.#options;
    return this.#changes.delete(ref, { requester });
  }

  #admit(cluster: string, job: RayJob): void {
    const { policy = DEFAULT_JOB_POLICY } = this.#options;
    checkAdmission(
      {
        clusters: [{ name: cluster, holdsJobs: true }],
        complete: true,
        policy,
        allowedMetadata: [],
      },
      cluster,
      job,
    );
  }
}
