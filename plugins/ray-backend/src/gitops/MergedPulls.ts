import {
  jobBranch,
  type JobsRepository,
  type ManifestFile,
  type PullRequest,
} from '@ml-platform/gitops';
import type { JobGitOps } from '@ml-platform/rayjob';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';

/** Manifests whose pull request is remembered after it was merged. */
const MOST_KNOWN = 20_000;
/** Branches that one reading asks for; only a change made by other means has more. */
const MOST_AT_A_TIME = 20;
/** Readings in which GitHub is asked for one that it calls open, or fails to answer. */
const TRIES = 3;
/** Requests at the same time. */
const AT_ONCE = 4;

type KnownPull = Pick<PullRequest, 'branch' | 'url' | 'mergedAt'>;

interface DueManifest {
  readonly manifest: ManifestFile;
  readonly tries: number;
}

/** The pull request that brought each manifest, and when it was merged. */
export class MergedPulls {
  readonly #repository: Pick<
    JobsRepository,
    'pullRequestOf' | 'hasSpareRequests'
  >;
  readonly #known = new LRUCache<string, KnownPull>({ max: MOST_KNOWN });
  /** What came to the main branch and is still to be asked for. */
  readonly #due = new Map<string, DueManifest>();

  constructor(
    repository: Pick<JobsRepository, 'pullRequestOf' | 'hasSpareRequests'>,
  ) {
    this.#repository = repository;
  }

  /** Notes the open pull request that adds a manifest. */
  note(manifest: ManifestFile, { branch, url }: PullRequest): void {
    const key = contentOf(manifest);
    // Another one can add the same text once more.
    if (!this.#known.get(key)?.mergedAt) {
      this.#known.set(key, { branch, url });
    }
  }

  /** What is known of the pull request that brought a manifest. */
  of(manifest: ManifestFile): Pick<JobGitOps, 'pullRequestUrl' | 'mergedAt'> {
    const { url, mergedAt } = this.#known.get(contentOf(manifest)) ?? {};
    return { pullRequestUrl: url, mergedAt };
  }

  /**
   * Asks when the pull requests of manifests were merged that came to the main branch, one
   * request for each pull request. Never throws: what GitHub doesn't tell, a job's page asks
   * for.
   */
  async read(came: readonly ManifestFile[]): Promise<void> {
    for (const manifest of came) {
      this.#due.set(contentOf(manifest), { manifest, tries: 0 });
    }
    const byBranch = new Map<string, DueManifest[]>();
    for (const [key, due] of this.#due) {
      const { ref } = due.manifest;
      const branch = this.#known.get(key)?.branch ?? jobBranch('run', ref);
      byBranch.set(branch, [...(byBranch.get(branch) ?? []), due]);
    }
    const limited = pLimit(AT_ONCE);
    const asked = [...byBranch].slice(0, MOST_AT_A_TIME);
    await Promise.all(
      asked.map(([branch, due]) => limited(() => this.#readOne(branch, due))),
    );
  }

  async #readOne(branch: string, due: readonly DueManifest[]): Promise<void> {
    if (!this.#repository.hasSpareRequests) {
      return;
    }
    const pull = await this.#repository
      .pullRequestOf(branch)
      .catch(() => 'unanswered' as const);
    // GitHub moves the branch first, and then calls the pull request merged.
    const isUnsettled = pull === 'unanswered' || pull?.state === 'open';
    for (const { manifest, tries } of due) {
      const key = contentOf(manifest);
      if (isUnsettled && tries + 1 < TRIES) {
        this.#due.set(key, { manifest, tries: tries + 1 });
      } else {
        this.#due.delete(key);
      }
      if (pull && pull !== 'unanswered') {
        this.#settle(key, pull);
      }
    }
  }

  #settle(key: string, { branch, url, mergedAt }: KnownPull): void {
    const isOther = (this.#known.get(key)?.url ?? url) !== url;
    // A branch can have had several.
    if (mergedAt && !isOther) {
      this.#known.set(key, { branch, url, mergedAt });
    }
  }
}

/**
 * Names a manifest with its text: of two pull requests for one path, the one
 * whose text came to main brought the job.
 */
export function contentOf({ path, sha }: ManifestFile): string {
  return `${path}@${sha}`;
}
