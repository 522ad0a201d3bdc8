import { NotFoundError } from '@backstage/errors';
import { type ClusterStatus } from '@ml-platform/backstage-plugin-ray-common';
import {
  jobManifestPath,
  type GitOpsConfig,
  type GitHubRepo,
  type OpenPullRequest,
} from '@ml-platform/gitops';
import {
  type JobGitOps,
  type JobRef,
  type JobSummary,
} from '@ml-platform/rayjob';
import type { GitOpsWatcher } from './GitOpsWatcher';

/** What a change through git is called and asked by whom. */
export interface ChangeRequest {
  readonly verb: 'Stop' | 'Delete' | 'Run again';
  readonly requester: string;
}

/** Jobs in git: reading what only git has, and changing jobs that git owns. */
export class GitOps {
  private readonly pullRequests = new Map<string, string>();

  constructor(
    private readonly options: {
      readonly config: GitOpsConfig;
      readonly repo: GitHubRepo;
      readonly watcher: GitOpsWatcher;
    },
  ) {}

  get status(): ClusterStatus {
    return this.options.watcher.status;
  }

  refresh(): Promise<void> {
    return this.options.watcher.refresh();
  }

  /** Adds the pull request that brought a job, which the job itself can't tell. */
  async complete(job: JobSummary): Promise<JobGitOps | undefined> {
    const { gitops } = job;
    if (!gitops || gitops.pullRequestUrl || !gitops.taskId) {
      return gitops;
    }
    const head = `ray-job/${gitops.taskId}`;
    const known = this.pullRequests.get(head);
    if (known) {
      return { ...gitops, pullRequestUrl: known };
    }
    try {
      const pull = await this.options.repo.pullRequestFrom(head);
      if (pull) {
        this.pullRequests.set(head, pull.url);
      }
      return { ...gitops, pullRequestUrl: pull?.url };
    } catch {
      // A link less; the job's page must not fail with GitHub.
      return gitops;
    }
  }

  /**
   * Text of a manifest: from the open pull request, or from main.
   * @throws NotFoundError
   */
  async manifest(job: JobSummary): Promise<string> {
    const { repo, config } = this.options;
    const path = job.gitops?.path;
    if (!path) {
      throw new NotFoundError(`${job.name} has no manifest in git`);
    }
    if (job.state === 'awaiting-merge') {
      const pulls = await repo.openPullRequests();
      const pull = pulls.find(({ url }) => url === job.gitops?.pullRequestUrl);
      if (pull) {
        return (await repo.read(path, pull.headSha)).text;
      }
    }
    return (await repo.read(path, config.branch)).text;
  }

  /** Opens a pull request that removes a job's manifest. */
  remove(
    job: JobSummary,
    { verb, requester }: ChangeRequest,
  ): Promise<OpenPullRequest> {
    const path = job.gitops?.path ?? this.path(job);
    return this.options.repo.proposeChange({
      head: `ray-job/remove-${job.name}`,
      path,
      content: undefined,
      title: `${verb} ${job.name}`,
      body: `${verb} the training job ${job.name} in ${job.namespace} on ${job.cluster}: its manifest is removed, and the GitOps engine removes the job.\n\nRequested by ${requester}.`,
    });
  }

  /** Opens a pull request that adds a job's manifest. */
  add(
    ref: JobRef,
    content: string,
    { verb, requester }: ChangeRequest,
  ): Promise<OpenPullRequest> {
    return this.options.repo.proposeChange({
      head: `ray-job/add-${ref.name}`,
      path: this.path(ref),
      content,
      title: `${verb}: ${ref.name}`,
      body: `Adds the training job ${ref.name} in ${ref.namespace} on ${ref.cluster}.\n\nRequested by ${requester}.`,
    });
  }

  path({ cluster, namespace, name }: JobRef): string {
    return jobManifestPath(cluster, namespace, name, this.options.config.path);
  }
}
