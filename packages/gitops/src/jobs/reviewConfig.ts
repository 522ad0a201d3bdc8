import { InputError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';

/** How GitHub merges. */
const MERGE_METHODS = ['merge', 'squash', 'rebase'] as const;

export type MergeMethod = (typeof MERGE_METHODS)[number];

/** What is asked of people and of GitHub for each pull request. */
export interface ReviewConfig {
  readonly labels: readonly string[];
  /** Names of users on GitHub. */
  readonly reviewers: readonly string[];
  /** Names of teams of the repository's organization. */
  readonly teams: readonly string[];
  /** Whether, and how, GitHub merges by itself once all that it requires is there. */
  readonly autoMerge?: MergeMethod;
}

/**
 * Reads the section `ray.gitops.pullRequests`.
 * @returns `undefined` when nothing is asked for
 * @throws {InputError} when a value is wrong
 */
export function readReview(
  section: JsonValue | undefined,
): ReviewConfig | undefined {
  if (section === undefined || section === null) {
    return undefined;
  }
  if (typeof section !== 'object' || Array.isArray(section)) {
    throw new InputError(
      'ray.gitops.pullRequests must be a section, for example with labels: [training]',
    );
  }
  const names = (key: string): readonly string[] => {
    const value = section[key] ?? [];
    if (!Array.isArray(value) || value.some(name => typeof name !== 'string')) {
      throw new InputError(
        `ray.gitops.pullRequests.${key} must be a list of names`,
      );
    }
    return value.map(String);
  };
  const autoMerge = MERGE_METHODS.find(method => method === section.autoMerge);
  if (section.autoMerge !== undefined && !autoMerge) {
    throw new InputError(
      `ray.gitops.pullRequests.autoMerge must be one of ${MERGE_METHODS.join(', ')}`,
    );
  }
  return {
    labels: names('labels'),
    reviewers: names('reviewers'),
    teams: names('teams'),
    autoMerge,
  };
}
