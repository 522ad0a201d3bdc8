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
export interface ProposalOptions {
  /** Looked at before each step that others see. */
  readonly signal?: AbortSignal;
  /** Told in a sentence what was done. */
  readonly onProgress?: (message: string) => void;
}
