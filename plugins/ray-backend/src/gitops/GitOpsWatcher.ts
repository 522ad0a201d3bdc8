import type { LoggerService } from '@backstage/backend-plugin-api';
import { type ClusterStatus } from '@ml-platform/backstage-plugin-ray-common';
import {
  parseJobManifestPath,
  type GitOpsConfig,
  type GitHubRepo,
  type OpenPullRequest,
  type RepoFile,
} from '@ml-platform/gitops';
import {
  jobId,
  type JobGitOps,
  type JobRef,
  type JobSummary,
} from '@ml-platform/rayjob';
import { sleep } from '@ml-platform/kube';
import type { JobIndex } from '../jobs/JobIndex';
import { Notifier } from '../util/Notifier';
import { isFromGit, manifestRow, timeOfJobName } from './manifestRow';

export interface GitOpsWatcherOptions {
  readonly config: GitOpsConfig;
  readonly repo: GitHubRepo;
  readonly index: JobIndex;
  readonly logger: LoggerService;
  /** False until a cluster's jobs are known: nothing can be missing before. */
  readonly isSynced: (cluster: string) => boolean;
  /** Called when GitHub begins or ceases to answer. */
  readonly onStatus: () => void;
}

interface Manifest extends RepoFile {
  readonly ref: JobRef;
}

/** Files of pull requests and texts of files that are kept. */
const CACHE = 2_000;

/** Milliseconds between two readings, however many jobs leave their clusters. */
const REST = 1_000;

/**
 * Keeps in the index what the clusters don't know yet: jobs of open pull
 * requests, and jobs on the main branch that the GitOps engine has not applied.
 * When GitHub fails the rows stay as they were.
 */
export class GitOpsWatcher {
  private readonly texts = new Map<string, string>();
  private readonly added = new Map<string, readonly RepoFile[]>();
  private readonly pullRequests = new Map<string, string>();
  private mainCommit = '';
  private mainFiles: readonly Manifest[] = [];
  private refreshing: Promise<void> | undefined;
  private error: string | undefined;

  constructor(private readonly options: GitOpsWatcherOptions) {}

  /** As of a cluster, so that the list can say what it could not read. */
  get status(): ClusterStatus {
    return { name: 'git', ok: this.error === undefined, error: this.error };
  }

  /**
   * Polls until the signal aborts, and at once when a job left its cluster that
   * is still in git as far as is known: mostly it was removed from there.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { index, config } = this.options;
    const left = new Notifier();
    let again = false;
    const unsubscribe = index.subscribe(({ before, after }) => {
      if (before && after && !isFromGit(before) && isFromGit(after)) {
        again = true;
        left.notify();
      }
    });
    while (!signal.aborted) {
      again = false;
      await this.refresh();
      // Of a job that left meanwhile, git may have been read too early to tell.
      await (again
        ? sleep(REST, signal)
        : left.waitFor(config.pollSeconds * 1000, signal));
    }
    unsubscribe();
  }

  /** Reads git now; callers at the same time share one reading. Never throws. */
  refresh(): Promise<void> {
    this.refreshing ??= this.read()
      .then(
        () => this.setError(undefined),
        error =>
          this.setError(error instanceof Error ? error.message : String(error)),
      )
      .finally(() => {
        this.refreshing = undefined;
      });
    return this.refreshing;
  }

  private async read(): Promise<void> {
    const { repo } = this.options;
    // Pull requests first: one that is merged in between is then on main.
    const pulls = await repo.openPullRequests();
    const proposed = await this.proposed(pulls);
    const commit = await repo.headOf();
    if (commit !== this.mainCommit) {
      this.mainFiles = this.manifests(await repo.files(commit));
      this.mainCommit = commit;
    }
    const rows = new Map<string, JobSummary>();
    for (const { pull, manifest } of proposed) {
      this.pullRequests.set(manifest.path, pull.url);
      rows.set(jobId(manifest.ref), await this.awaitingMerge(pull, manifest));
    }
    for (const manifest of this.mainFiles) {
      rows.set(jobId(manifest.ref), await this.onMain(manifest));
    }
    this.options.index.replaceGit([...rows.values()]);
    trim(this.texts);
    trim(this.added);
  }

  private manifests(files: readonly RepoFile[]): Manifest[] {
    return files.flatMap(file => {
      const ref = parseJobManifestPath(file.path, this.options.config.path);
      return ref ? [{ ...file, ref }] : [];
    });
  }

  private async proposed(pulls: readonly OpenPullRequest[]) {
    const found: { pull: OpenPullRequest; manifest: Manifest }[] = [];
    for (const pull of pulls) {
      const key = `${pull.number}@${pull.headSha}`;
      let files = this.added.get(key);
      if (!files) {
        files = await this.options.repo.addedFiles(pull.number);
        this.added.set(key, files);
      }
      for (const manifest of this.manifests(files)) {
        found.push({ pull, manifest });
      }
    }
    return found;
  }

  private async awaitingMerge(
    pull: OpenPullRequest,
    manifest: Manifest,
  ): Promise<JobSummary> {
    const text = await this.text(manifest, pull.headSha);
    return manifestRow(text, {
      ref: manifest.ref,
      state: 'awaiting-merge',
      message: `Pull request #${pull.number} waits to be merged`,
      createdAt: pull.createdAt,
      gitops: {
        ...this.gitops(manifest),
        manifestUrl: this.options.repo.fileUrl(manifest.path, pull.headRef),
      },
    });
  }

  private async onMain(manifest: Manifest): Promise<JobSummary> {
    const { index, isSynced } = this.options;
    const { ref } = manifest;
    // Of a job that is on its cluster only the links to git are used.
    const text = index.getLive(ref)
      ? 'kind: RayJob\nmetadata: {}'
      : await this.text(manifest, this.mainCommit);
    const synced = isSynced(ref.cluster);
    return manifestRow(text, {
      ref,
      state: synced ? 'awaiting-sync' : 'unknown',
      message: synced
        ? 'Merged; waits to be applied to the cluster'
        : `In git; ${ref.cluster} can't be asked whether it has the job`,
      createdAt: timeOfJobName(ref.name) ?? '',
      gitops: this.gitops(manifest),
    });
  }

  private gitops(manifest: Manifest): JobGitOps {
    return {
      path: manifest.path,
      manifestUrl: this.options.repo.fileUrl(manifest.path),
      pullRequestUrl: this.pullRequests.get(manifest.path),
    };
  }

  private async text(file: RepoFile, commit: string): Promise<string> {
    const key = `${file.path}@${file.sha || commit}`;
    const known = this.texts.get(key);
    if (known !== undefined) {
      return known;
    }
    const { text } = await this.options.repo.read(file.path, commit);
    this.texts.set(key, text);
    return text;
  }

  private setError(error: string | undefined): void {
    if (error === this.error) {
      return;
    }
    this.error = error;
    if (error) {
      this.options.logger.warn(`The GitOps repository can't be read: ${error}`);
    } else {
      this.options.logger.info('The GitOps repository is readable');
    }
    this.options.onStatus();
  }
}

/** Forgets the oldest entries; the map keeps the order of insertion. */
function trim(cache: Map<string, unknown>): void {
  for (const key of cache.keys()) {
    if (cache.size <= CACHE) {
      return;
    }
    cache.delete(key);
  }
}
