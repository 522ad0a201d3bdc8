import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { JobSync } from '@ml-platform/backstage-plugin-ray-common';
import type { JobRef, JobSummary } from '@ml-platform/rayjob';
import { EVERY_JOB, type JobPredicate } from '../permissions/Authorizer';
import type { GitOps } from '../gitops/GitOps';
import type { JobIndex } from '../jobs/JobIndex';
import type { ManagementCluster } from '../management/ManagementCluster';
import type { Applications } from './Applications';
import type { ArgoCdConfig } from './argoCdConfig';
import { jobSync } from './jobSync';
import { requestSync } from './requestSync';

export interface JobSyncsOptions {
  readonly management: ManagementCluster;
  readonly applications: Applications;
  readonly config: ArgoCdConfig;
  readonly gitops: Pick<GitOps, 'has' | 'repository'>;
  readonly index: Pick<JobIndex, 'get' | 'getLive'>;
}

/** @returns the error for a job that Argo CD doesn't bring */
export function notBrought({ name }: JobRef): NotFoundError {
  return new NotFoundError(
    `Argo CD doesn't bring ${name}: it isn't on the main branch of the jobs repository`,
  );
}

/** What Argo CD says of jobs, as far as a caller may know it. */
export class JobSyncs {
  readonly #options: JobSyncsOptions;

  constructor(options: JobSyncsOptions) {
    this.#options = options;
  }

  /**
   * What Argo CD says of a job now; `undefined` for one that Argo CD doesn't bring:
   * it isn't from git, isn't merged, or is gone.
   *
   * @param visible - the jobs that the caller may see
   */
  of(job: JobSummary, visible: JobPredicate): JobSync | undefined {
    const { applications, gitops, index } = this.#options;
    const path = job.gitops?.path;
    const onMain = gitops.has(job);
    if (!path || (!onMain && !index.getLive(job))) {
      return undefined;
    }
    if (applications.problem !== undefined) {
      return { state: 'unknown', message: applications.problem };
    }
    const facts = applications.of(path);
    if (!facts) {
      return onMain
        ? {
            state: 'no-application',
            message: `No Application of Argo CD follows ${path} yet. An ApplicationSet makes one when it next looks at git, within three minutes.`,
          }
        : undefined;
    }
    const sync = jobSync(job, facts, {
      all: visible === EVERY_JOB,
      covers: ref => this.#covers(ref, visible),
      fileOf: ref => this.#fileOf(ref),
    });
    const { application } = sync;
    return {
      ...sync,
      application: application && {
        ...application,
        url: this.#pageOf(application),
      },
    };
  }

  /**
   * Asks Argo CD to sync a job now, and no other.
   *
   * @throws {ConflictError} when there is nothing to sync, or a sync runs already
   * @throws {NotFoundError} when Argo CD doesn't bring the job
   * @throws {ServiceUnavailableError} when Argo CD's resources can't be reached or changed
   */
  async request(
    job: JobSummary,
    visible: JobPredicate,
    requester: string,
  ): Promise<JobSync> {
    const sync = this.of(job, visible);
    if (!sync) {
      throw notBrought(job);
    }
    if (sync.state === 'unknown') {
      throw new ServiceUnavailableError(sync.message);
    }
    if (sync.state === 'synced' || !sync.application) {
      throw new ConflictError(
        sync.message ?? `${job.name} is on its cluster as git has it`,
      );
    }
    const { application } = sync;
    const { client } = this.#options.management;
    await requestSync({ client, application, job, requester });
    return { ...sync, running: true };
  }

  /** Resolves when something may have changed, after the milliseconds, or when the signal aborts. */
  waitFor(ms: number, signal: AbortSignal): Promise<void> {
    return this.#options.applications.waitFor(ms, signal);
  }

  #covers(ref: JobRef, visible: JobPredicate): boolean {
    const job = this.#options.index.get(ref);
    return visible === EVERY_JOB || (job !== undefined && visible(job));
  }

  #fileOf(ref: JobRef) {
    const { repository } = this.#options.gitops;
    const path = repository.pathOf(ref);
    return { path, url: repository.fileUrl(path) };
  }

  #pageOf({ namespace, name }: { namespace: string; name: string }) {
    const { url } = this.#options.config;
    const parts = [namespace, name].map(encodeURIComponent);
    return url && `${url}/applications/${parts.join('/')}`;
  }
}
