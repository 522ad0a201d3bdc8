import { verbOfBranch, type PullRequest } from '@ml-platform/gitops';
import { jobId, type JobPendingChange, type JobRef } from '@ml-platform/rayjob';
import type { JobIndex } from '../jobs/JobIndex';

/** What an open pull request proposes for jobs that are there. */
export interface ProposedChange {
  readonly pull: PullRequest;
  readonly removed: readonly JobRef[];
  /** Jobs that it runs again. */
  readonly repeated: readonly JobRef[];
}

interface Pending {
  readonly ref: JobRef;
  readonly change: JobPendingChange;
  /** True once the index was told after the job had left its cluster. */
  readonly told: boolean;
}

/**
 * Tells the index what pull requests propose to do with jobs. A removal stays
 * after its merge until the GitOps engine has carried it out, so that the history
 * can say through what the job was stopped.
 */
export class PendingChanges {
  readonly #index: JobIndex;
  #pending: ReadonlyMap<string, Pending> = new Map();

  constructor(options: { readonly index: JobIndex }) {
    this.#index = options.index;
  }

  /**
   * Takes what is proposed now.
   * @param onMain - whether the main branch holds a job
   */
  update(
    proposed: readonly ProposedChange[],
    onMain: (ref: JobRef) => boolean,
  ): void {
    const next = new Map<string, Pending>();
    for (const { ref, change, told } of this.#pending.values()) {
      const gone = this.#index.getLive(ref) === undefined;
      // Of one that is no longer open, only the main branch tells what became.
      if (change.verb !== 'retry' && !onMain(ref) && !(told && gone)) {
        const merged = { ...change, merged: true };
        next.set(jobId(ref), { ref, change: merged, told: gone });
      }
    }
    for (const [ref, change] of changes(proposed)) {
      const id = jobId(ref);
      if (change.verb === 'retry') {
        next.set(id, next.get(id) ?? { ref, change, told: false });
      } else if (onMain(ref)) {
        next.set(id, { ref, change, told: false });
      } else if (!next.has(id) && !this.#pending.has(id)) {
        // Merged between the readings of the pull requests and of main.
        const merged = { ...change, merged: true };
        next.set(id, { ref, change: merged, told: false });
      }
    }
    for (const [id, { ref }] of this.#pending) {
      if (!next.has(id)) {
        this.#index.setPendingChange(ref, undefined);
      }
    }
    for (const { ref, change } of next.values()) {
      this.#index.setPendingChange(ref, change);
    }
    this.#pending = next;
  }
}

/** Each job's change; a removal counts more than another run. */
function* changes(
  proposed: readonly ProposedChange[],
): Generator<readonly [JobRef, JobPendingChange]> {
  for (const { pull, repeated } of proposed) {
    const { url: pullRequestUrl, createdAt } = pull;
    for (const ref of repeated) {
      yield [ref, { verb: 'retry', pullRequestUrl, createdAt }];
    }
  }
  for (const { pull, removed } of proposed) {
    const { url: pullRequestUrl, createdAt } = pull;
    const verb = verbOfBranch(pull.branch) === 'stop' ? 'stop' : 'delete';
    for (const ref of removed) {
      yield [ref, { verb, pullRequestUrl, createdAt }];
    }
  }
}
