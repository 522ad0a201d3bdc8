import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type { PublishedVersions } from '../PublishedVersions';
import { BUILD_CONTENT, BUILD_IMAGE } from './buildJob';
import type { BuildJobs } from './BuildJobs';
import type { BuildJob } from './buildJobTypes';
import { standingOf } from './standing';

/** Looks at a version whose Job changes each time. */
const ATTEMPTS = 5;

interface Call {
  readonly signal?: AbortSignal;
}

/**
 * Gets the one Job of a version to run, whoever starts or cancels builds of it at the same
 * time. A Job is changed and removed only as what it was seen as.
 */
export class JobSubmission {
  readonly #jobs: BuildJobs;
  readonly #versions: PublishedVersions;

  constructor(options: {
    readonly jobs: BuildJobs;
    readonly versions: PublishedVersions;
  }) {
    this.#jobs = options.jobs;
    this.#versions = options.versions;
  }

  /** @throws {ConflictError} for a Job that builds the version from other content */
  async refuse(job: BuildJob, call: Call = {}): Promise<never> {
    const { annotations = {} } = job.metadata;
    throw await this.#versions.refusal(
      annotations[BUILD_IMAGE] ?? '',
      annotations[BUILD_CONTENT] ?? '',
      'building',
      call,
    );
  }

  /**
   * Submits a Job, or takes up the one of the same build.
   *
   * @throws {ConflictError} when the version is being built from other content, or the
   * build is cancelled meanwhile
   * @throws {ServiceUnavailableError} when others change the Job all the time
   */
  async submit(
    job: BuildJob,
    parts: readonly Buffer[],
    call: Call = {},
  ): Promise<'queued' | 'running'> {
    const { name, annotations } = job.metadata;
    await this.#jobs.removeLeft(call);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const there = await this.#jobs.find(name, call);
      const standing = there ? standingOf(there, job) : undefined;
      if (standing === 'running') return standing;
      if (there && standing === 'other') return this.refuse(there, call);
      if (there && standing === 'over') {
        await this.#jobs.remove(there);
        continue;
      }
      const waiting = there ?? (await this.#jobs.create(job, call));
      if (!waiting) continue;
      if (await this.#jobs.begin(waiting, parts, call)) return 'queued';
      const now = await this.#jobs.find(name, call);
      if (!now || now.metadata.uid === waiting.metadata.uid) {
        throw new ConflictError(
          `The build of ${annotations?.[BUILD_IMAGE]} was cancelled before it began; start it again`,
        );
      }
    }
    throw new ServiceUnavailableError(
      `Others start and end builds of ${annotations?.[BUILD_IMAGE]} at the same time; start it again`,
    );
  }
}
