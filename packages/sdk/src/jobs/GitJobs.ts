import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  jobBranch,
  pullRequestBody,
  type JobsRepository,
} from '@ml-platform/gitops';
import {
  ANNOTATION_GITOPS_PATH,
  writeManifest,
  type JobPresets,
  type JobRef,
  type RayJob,
} from '@ml-platform/rayjob';
import { gitClaim, type GitClaim } from './gitClaim';
import { refOf, refTo, type ChangeRequest, type JobChange } from './jobChange';

/** Changes of jobs that git owns. */
export class GitJobs {
  readonly #repository: JobsRepository | undefined;
  readonly #presets: JobPresets | undefined;

  constructor(options: {
    readonly repository?: JobsRepository;
    /** For what a job costs. */
    readonly presets?: JobPresets;
  }) {
    this.#repository = options.repository;
    this.#presets = options.presets;
  }

  /**
   * True when a job came from git, as far as it is known without asking.
   * @throws {ConflictError} when it did, and no repository is known
   */
  owns(ref: JobRef, job: RayJob, { seenInGit }: ChangeRequest): boolean {
    const claim = this.#claim(ref, job);
    return (
      this.#repository !== undefined && (seenInGit === true || isClaimed(claim))
    );
  }

  /**
   * Proposes a new run under the first of its names that nobody has.
   * @throws {ConflictError} when all names are taken
   */
  async run(
    cluster: string,
    runs: readonly RayJob[],
    description?: string,
  ): Promise<JobChange> {
    const repository = this.#required();
    const manifests = runs.map(run => {
      const ref = refTo(cluster, run);
      const annotations = {
        ...run.metadata.annotations,
        [ANNOTATION_GITOPS_PATH]: repository.pathOf(ref),
      };
      const job = { ...run, metadata: { ...run.metadata, annotations } };
      return { ref, job, content: writeManifest(job) };
    });
    const { ref, job, content } = await repository.reserveRun(manifests);
    const pull = await repository.openRun({
      ref,
      content,
      title: `Run training job ${ref.name}`,
      body: pullRequestBody({
        cluster,
        job,
        description,
        presets: this.#presets,
      }),
    });
    return { via: 'git', job: ref, pullRequestUrl: pull.url };
  }

  /**
   * Proposes to remove a job that git owns; `undefined` for any other job. Only
   * the repository itself says what it holds: a job's annotations are written by
   * whoever creates it.
   */
  async remove(
    verb: 'stop' | 'delete',
    ref: JobRef,
    job: RayJob | undefined,
    { requester, seenInGit }: ChangeRequest,
  ): Promise<JobChange | undefined> {
    const repository = this.#repository;
    const claim = job && this.#claim(ref, job);
    if (!repository || (job && !seenInGit && !isClaimed(claim))) {
      return undefined;
    }
    try {
      const pull = await repository.removeJob(ref, {
        verb,
        requester,
        remark: claim?.foreignPath
          ? `The job's annotation ${ANNOTATION_GITOPS_PATH} names ${claim.foreignPath}, which was ignored.`
          : undefined,
      });
      return { via: 'git', job: refOf(ref), pullRequestUrl: pull.url };
    } catch (error) {
      if (!(error instanceof NotFoundError)) {
        throw error;
      }
      if (claim?.application) {
        throw new ConflictError(
          `${ref.name} belongs to Argo CD's application ${claim.application}, but ${repository.config.repoUrl} doesn't hold it; change it in the repository of that application`,
        );
      }
      if (!job) {
        await checkNotProposed(repository, ref);
      }
      return undefined;
    }
  }

  /** @throws {ConflictError} when git owns the job, and no repository is known */
  #claim(ref: JobRef, job: RayJob): GitClaim {
    const repository = this.#repository;
    const claim = gitClaim(ref, job, repository?.config.path);
    if (!repository && isClaimed(claim)) {
      throw new ConflictError(
        `${ref.name} is managed by git, but no repository is configured (ray.gitops); change it in its repository`,
      );
    }
    return claim;
  }

  #required(): JobsRepository {
    if (!this.#repository) {
      throw new ConflictError(
        'No repository of jobs is configured; set ray.gitops',
      );
    }
    return this.#repository;
  }
}

function isClaimed(claim: GitClaim | undefined): boolean {
  return Boolean(claim?.application) || claim?.path === true;
}

async function checkNotProposed(
  repository: JobsRepository,
  ref: JobRef,
): Promise<void> {
  const pull = await repository.pullRequestOf(jobBranch('run', ref));
  if (pull?.state === 'open') {
    throw new ConflictError(
      `${ref.name} isn't merged yet; close its pull request ${pull.url}`,
    );
  }
}
