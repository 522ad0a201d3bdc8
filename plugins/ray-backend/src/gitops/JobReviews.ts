import { isError } from '@backstage/errors';
import type { JobReview } from '@ml-platform/backstage-plugin-ray-common';
import type {
  JobsRepository,
  PullRequest,
  PullRequestReview,
} from '@ml-platform/gitops';
import { sleep } from '@ml-platform/kube';
import type { JobSummary } from '@ml-platform/rayjob';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { Notifier } from '../util/Notifier';
import { awaitedPullRequest, jobReview } from './jobReview';

/** Pull requests whose review is remembered. */
const MOST_KNOWN = 500;
/** Pull requests that are read at the same time. */
const AT_ONCE = 2;
/** Milliseconds between two readings of one pull request, whatever happens to it. */
const REST = 1_000;
/** Milliseconds that those who look share among the pull requests that they look at. */
const PER_PULL = 1_000;
/** Milliseconds that an answer waits for GitHub. */
const PATIENCE = 2_000;

export interface JobReviewsOptions {
  readonly repository: Pick<
    JobsRepository,
    'config' | 'hasSpareRequests' | 'reviewOf'
  >;
  /** The open pull request with that page, as of the last look at all of them. */
  readonly openPull: (url: string) => PullRequest | undefined;
  /** Called when a pull request turns out to be open no longer. */
  readonly onEnded: () => void;
  readonly clock: () => Date;
}

/** What a webhook says it is about. */
export interface ReviewChange {
  /** Number of a pull request. */
  readonly number?: number;
  /** Commit that was checked. */
  readonly sha?: string;
}

interface Known {
  readonly pull: PullRequest;
  review?: PullRequestReview;
  problem?: string;
  /** False once the pull request turned out to be merged or closed. */
  open: boolean;
  /** Milliseconds since the epoch at which the last reading began. */
  readAt: number;
  /** A webhook said that it changed since. */
  changed: boolean;
  /** Readings in a row after which GitHub had not found out. */
  unsettled: number;
  reading?: Promise<void>;
}

/**
 * Checks and reviews of the pull requests that jobs wait for. Only those that somebody
 * looks at are read, by ETag and shared by all who look; a webhook has one read at once.
 */
export class JobReviews {
  readonly #options: JobReviewsOptions;
  readonly #known = new LRUCache<string, Known>({ max: MOST_KNOWN });
  readonly #changed = new Notifier();
  readonly #limited = pLimit(AT_ONCE);
  readonly #viewers = new Map<string, number>();

  constructor(options: JobReviewsOptions) {
    this.#options = options;
  }

  /**
   * What the pull request that a job waits for says; `undefined` for a job that waits for
   * none. Never throws: where GitHub can't be asked, the answer says so.
   */
  async of(job: JobSummary): Promise<JobReview | undefined> {
    const pull = this.#pullOf(job);
    if (!pull) {
      return undefined;
    }
    const known = this.#entry(pull);
    if (known.reading || this.#dueAt(known) <= this.#now) {
      known.reading ??= this.#limited(() => this.#read(known));
      const over = new AbortController();
      await Promise.race([known.reading, sleep(PATIENCE, over.signal)]);
      over.abort();
    }
    return known.open
      ? jobReview(pull, known.review, known.problem)
      : undefined;
  }

  /** Counts somebody who looks at a job, until what is returned is called. */
  follow(job: JobSummary): () => void {
    const url = awaitedPullRequest(job);
    if (url === undefined) {
      return () => {};
    }
    this.#viewers.set(url, (this.#viewers.get(url) ?? 0) + 1);
    return () => {
      const left = (this.#viewers.get(url) ?? 1) - 1;
      if (left > 0) {
        this.#viewers.set(url, left);
      } else {
        this.#viewers.delete(url);
      }
    };
  }

  /** Has what changed read again by those who look at it. */
  noteChange({ number, sha }: ReviewChange): void {
    for (const known of this.#known.values()) {
      const { pull, review } = known;
      const { headSha } = review?.pull ?? pull;
      if (pull.number === number || headSha === sha) {
        known.changed = true;
      }
    }
    this.#changed.notify();
  }

  /**
   * Resolves when a job's review is to be looked at again, after the milliseconds, or when
   * the signal aborts.
   */
  async waitFor(
    job: JobSummary,
    ms: number,
    signal: AbortSignal,
  ): Promise<void> {
    const pull = this.#pullOf(job);
    const known = pull && this.#entry(pull);
    const due = known ? this.#dueAt(known) - this.#now : 0;
    await this.#changed.waitFor(Math.min(ms, Math.max(due, REST / 10)), signal);
  }

  get #now(): number {
    return this.#options.clock().getTime();
  }

  #pullOf(job: JobSummary): PullRequest | undefined {
    const url = awaitedPullRequest(job);
    return url === undefined ? undefined : this.#options.openPull(url);
  }

  /** What is known of a pull request; its next commit begins anew. */
  #entry(pull: PullRequest): Known {
    const known = this.#known.get(pull.url);
    if (known?.pull.headSha === pull.headSha) {
      return known;
    }
    const first: Known = {
      pull,
      open: true,
      readAt: 0,
      changed: false,
      unsettled: 0,
    };
    this.#known.set(pull.url, first);
    return first;
  }

  #dueAt({ readAt, changed, unsettled }: Known): number {
    const { pollSeconds } = this.#options.repository.config;
    const usual = Math.max(pollSeconds * 1_000, this.#viewers.size * PER_PULL);
    const soon = REST * 2 ** unsettled;
    if (changed) {
      return readAt + REST;
    }
    return readAt + (unsettled > 0 ? Math.min(soon, usual) : usual);
  }

  async #read(known: Known): Promise<void> {
    const { repository, onEnded } = this.#options;
    known.readAt = this.#now;
    known.changed = false;
    try {
      if (!repository.hasSpareRequests) {
        throw new Error("GitHub's rate limit is nearly used up");
      }
      const review = await repository.reviewOf(known.pull);
      known.open = review !== undefined;
      known.review = review;
      known.problem = undefined;
      known.unsettled = review?.state === 'unknown' ? known.unsettled + 1 : 0;
      if (!review) {
        onEnded();
      }
    } catch (error) {
      known.problem = isError(error) ? error.message : String(error);
    } finally {
      known.reading = undefined;
      this.#changed.notify();
    }
  }
}
