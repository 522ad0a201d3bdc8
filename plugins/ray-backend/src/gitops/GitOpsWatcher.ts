import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { type ClusterStatus } from '@ml-platform/backstage-plugin-ray-common';
import type {
  JobsRepository,
  ManifestFile,
  PullRequest,
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
import { ManifestTexts } from './ManifestTexts';
import { isFromGit, manifestRow, timeOfJobName, UNREAD } from './manifestRow';
import { contentOf, MergedPulls } from './MergedPulls';
import { PendingChanges } from './PendingChanges';
import { readProposals, type Proposal } from './readProposals';

export interface GitOpsWatcherOptions {
  readonly repository: JobsRepository;
  readonly index: JobIndex;
  readonly logger: LoggerService;
  /** False until a cluster's jobs are known: nothing can be missing before. */
  readonly isSynced: (cluster: string) => boolean;
  /** Called when GitHub begins or ceases to answer. */
  readonly onStatus: () => void;
}

/** Milliseconds between two readings, however much changes. */
const REST = 1_000;

/**
 * Keeps in the index what the clusters don't know yet: jobs of open pull
 * requests, jobs on the main branch that the GitOps engine has not applied, and
 * what is proposed for jobs that run. When GitHub fails the rows stay as they
 * were.
 */
export class GitOpsWatcher {
  readonly #options: GitOpsWatcherOptions;
  readonly #texts: ManifestTexts;
  readonly #pending: PendingChanges;
  readonly #mergedPulls: MergedPulls;
  readonly #changed = new Notifier();
  /** Whether something changed since the last reading began. */
  #again = false;
  /** Open pull requests by their web pages. */
  #open: ReadonlyMap<string, PullRequest> = new Map();
  #mainCommit = '';
  #mainFiles: ReadonlyMap<string, ManifestFile> = new Map();
  #refreshing: Promise<void> | undefined;
  #error: string | undefined;

  constructor(options: GitOpsWatcherOptions) {
    this.#options = options;
    this.#texts = new ManifestTexts(options);
    this.#pending = new PendingChanges(options);
    this.#mergedPulls = new MergedPulls(options.repository);
  }

  /** As of a cluster, so that the list can say what it could not read. */
  get status(): ClusterStatus {
    return { name: 'git', ok: this.#error === undefined, error: this.#error };
  }

  /** True for a job that was on the main branch at the last reading. */
  has(ref: JobRef): boolean {
    return this.#mainFiles.has(jobId(ref));
  }

  /** The open pull request with that page, at the last reading. */
  openPull(url: string): PullRequest | undefined {
    return this.#open.get(url);
  }

  /**
   * Polls until the signal aborts, and at once when it is asked to look again, or when a
   * job left its cluster that is still in git as far as is known: mostly it was removed
   * from there.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { index, repository } = this.#options;
    const unsubscribe = index.subscribe(({ before, after }) => {
      if (before && after && !isFromGit(before) && isFromGit(after)) {
        this.lookAgain();
      }
    });
    while (!signal.aborted) {
      this.#again = false;
      await this.refresh();
      // What changed meanwhile may have been read too early.
      await (this.#again
        ? sleep(REST, signal)
        : this.#changed.waitFor(repository.config.pollSeconds * 1000, signal));
    }
    unsubscribe();
  }

  /** Has {@link run} read git once more without waiting for its time. */
  lookAgain(): void {
    this.#again = true;
    this.#changed.notify();
  }

  /** Reads git now; callers at the same time share one reading. Never throws. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#read()
      .then(
        problem => this.#setError(problem),
        error => this.#setError(isError(error) ? error.message : String(error)),
      )
      .finally(() => {
        this.#refreshing = undefined;
      });
    return this.#refreshing;
  }

  /** @returns what could not be read, if anything */
  async #read(): Promise<string | undefined> {
    const { repository, index } = this.#options;
    // Pull requests first: one that is merged in between is then on main.
    const pulls = await repository.openPullRequests();
    this.#open = new Map(pulls.map(pull => [pull.url, pull]));
    const proposals = await readProposals(repository, pulls);
    const commit = await repository.headCommit();
    const came =
      commit === this.#mainCommit ? [] : await this.#readMain(commit);
    await this.#mergedPulls.read(came);
    const missing = await this.#texts.read([
      ...proposals.flatMap(({ added }) => added),
      // Of a job that is on its cluster only the links to git are used.
      ...[...this.#mainFiles.values()].filter(({ ref }) => !index.getLive(ref)),
    ]);
    const rows = new Map<string, JobSummary>();
    for (const { pull, added } of proposals) {
      for (const manifest of added) {
        this.#mergedPulls.note(manifest, pull);
        rows.set(jobId(manifest.ref), this.#awaitingMerge(pull, manifest));
      }
    }
    for (const manifest of this.#mainFiles.values()) {
      rows.set(jobId(manifest.ref), this.#onMain(manifest));
    }
    index.replaceGit([...rows.values()]);
    this.#pending.update(
      proposals.map(proposal => this.#withRepeated(proposal)),
      ref => this.has(ref),
    );
    return missing;
  }

  /** @returns the manifests that came since; of the first reading none is known to have */
  async #readMain(commit: string): Promise<readonly ManifestFile[]> {
    const files = await this.#options.repository.manifestsAt(commit);
    const before = new Set([...this.#mainFiles.values()].map(contentOf));
    const isFirst = this.#mainCommit === '';
    this.#mainFiles = new Map(files.map(file => [jobId(file.ref), file]));
    this.#mainCommit = commit;
    return isFirst ? [] : files.filter(file => !before.has(contentOf(file)));
  }

  /** With the jobs that the added runs repeat. */
  #withRepeated(proposal: Proposal) {
    const repeated = proposal.added.flatMap(({ ref, sha }) => {
      const name = this.#texts.of(sha)?.anotherRunOf;
      return name ? [{ ...ref, name }] : [];
    });
    return { ...proposal, repeated };
  }

  #awaitingMerge(pull: PullRequest, manifest: ManifestFile): JobSummary {
    const { repository } = this.#options;
    return manifestRow(this.#texts.of(manifest.sha) ?? UNREAD, {
      ref: manifest.ref,
      state: 'awaiting-merge',
      message: `Pull request #${pull.number} waits to be merged`,
      createdAt: pull.createdAt,
      gitops: {
        ...this.#gitops(manifest),
        manifestUrl: repository.fileUrl(manifest.path, pull.branch),
      },
    });
  }

  #onMain(manifest: ManifestFile): JobSummary {
    const { ref } = manifest;
    const synced = this.#options.isSynced(ref.cluster);
    return manifestRow(this.#texts.of(manifest.sha) ?? UNREAD, {
      ref,
      state: synced ? 'awaiting-sync' : 'unknown',
      message: synced
        ? 'Merged; waits to be applied to the cluster'
        : `In git; couldn't ask ${ref.cluster} whether it has the job`,
      createdAt: timeOfJobName(ref.name) ?? '',
      gitops: this.#gitops(manifest),
    });
  }

  #gitops(manifest: ManifestFile): JobGitOps {
    const { path } = manifest;
    return {
      path,
      manifestUrl: this.#options.repository.fileUrl(path),
      ...this.#mergedPulls.of(manifest),
    };
  }

  #setError(error: string | undefined): void {
    if (error === this.#error) {
      return;
    }
    this.#error = error;
    const { logger, onStatus } = this.#options;
    if (error) {
      logger.warn(`Couldn't read the GitOps repository: ${error}`);
    } else {
      logger.info('The GitOps repository is readable');
    }
    onStatus();
  }
}
