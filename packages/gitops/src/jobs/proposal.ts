import type { PatienceOptions } from '../github/Patience';
import type { FileChange } from '../write/fileChange';

/** A change, and the pull request that asks for it. */
export interface Proposal {
  readonly branch: string;
  readonly changes: readonly FileChange[];
  readonly title: string;
  /** In GitHub's Markdown. */
  readonly body: string;
}

/** What applies to one change, however it is made. */
export type ProposalOptions = PatienceOptions;
