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
/** Requests at the same time. */
const AT_ONCE = 4;

type KnownPull = Pick<PullRequest, 'branch' | 'url' | 'mergedAt'>;

/** The pull request that brought each manifest, and when it was merged. */
export class MergedPulls {
  readonly #repository: Pick<
    JobsRepository,
    'pullRequestOf' | 'hasSpareRequests'
  >;
  readonly #known = new LRUCache<string, KnownPull>({ max: MOST_KNOWN });

  constructor(
    repository: Pick<JobsRepository, 'pullRequestOf' | 'hasSpareRequests'>,
  ) {
    this.#repository = repository;
  }

  /** Notes the open pull request that adds a manifest. */
  note(manifest: ManifestFile, { branch, url }: PullRequest): void {
    this.#known.set(contentOf(manifest), { branch, url });
  }

  /** What is known of the pull request that brought a manifest. */
  of(manifest: ManifestFile): Pick<JobGitOps, 'pullRequestUrl' | 'mergedAt'> {
    const { url, mergedAt } = this.#known.get(contentOf(manifest)) ?? {};
    return { pullRequestUrl: url, mergedAt };
  }

  /**
   * Asks when the pull requests of manifests were merged that came to the main branch, one
   * request for each pull request. Never throws: what GitHub doesn't tell now, a job's page
   * asks for.
   */
  async read(came: readonly ManifestFile[]): Promise<void> {
    const byBranch = new Map<string, ManifestFile[]>();
    for (const manifest of came) {
      const known = this.#known.get(contentOf(manifest));
      const branch = known?.branch ?? jobBranch('run', manifest.ref);
      byBranch.set(branch, [...(byBranch.get(branch) ?? []), manifest]);
    }
    const limited = pLimit(AT_ONCE);
    const asked = [...byBranch].slice(0, MOST_AT_A_TIME);
    await Promise.all(
      asked.map(([branch, manifests]) =>
        limited(() => this.#readOne(branch, manifests)),
      ),
    );
  }

  async #readOne(
    branch: string,
    manifests: readonly ManifestFile[],
  ): Promise<void> {
    if (!this.#repository.hasSpareRequests) {
      return;
    }
    const pull = await this.#repository
      .pullRequestOf(branch)
      .catch(() => undefined);
    if (!pull?.mergedAt) {
      return;
    }
    const { url, mergedAt } = pull;
    for (const manifest of manifests) {
      const key = contentOf(manifest);
      // A branch can have had several.
      if ((this.#known.get(key)?.url ?? url) === url) {
        this.#known.set(key, { branch, url, mergedAt });
      }
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
