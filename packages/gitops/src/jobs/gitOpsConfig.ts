import { InputError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import { parseRepositoryUrl } from '../github/repositoryUrl';
import { DEFAULT_GITOPS_PATH } from './manifestPath';
import { readReview, type ReviewConfig } from './reviewConfig';

/** The repository that is the source of truth for jobs. */
export interface GitOpsConfig {
  /** Web page of the repository. */
  readonly repoUrl: string;
  readonly owner: string;
  readonly repo: string;
  /** Branch that jobs run from, and that pull requests ask to merge into. */
  readonly branch: string;
  /** Folder of the GitOps tree inside the repository. */
  readonly path: string;
  /** Seconds between two looks at the repository. */
  readonly pollSeconds: number;
  /** What is asked for each pull request, if anything. */
  readonly review?: ReviewConfig;
}

/** Seconds between two looks, unless the configuration says otherwise. */
const DEFAULT_POLL_SECONDS = 15;
/** Shorter, and GitHub's rate limit is used up by looking alone. */
const LEAST_POLL_SECONDS = 1;

function text(
  section: Readonly<Record<string, unknown>>,
  key: string,
): string | undefined {
  const value = section[key];
  if (value !== undefined && typeof value !== 'string') {
    throw new InputError(`ray.gitops.${key} must be a text`);
  }
  return value;
}

/**
 * Reads the section `ray.gitops`.
 * @param section - as a plain object, however it was configured
 * @returns `undefined` when jobs don't come from git
 * @throws {InputError} when a value is wrong
 */
export function readGitOps(
  section: JsonValue | undefined,
): GitOpsConfig | undefined {
  if (section === undefined || section === null) {
    return undefined;
  }
  if (typeof section !== 'object' || Array.isArray(section)) {
    throw new InputError(
      'ray.gitops must be a section with repoUrl, for example repoUrl: https://github.com/owner/repo',
    );
  }
  const repoUrl = text(section, 'repoUrl')?.replace(/(\.git)?\/*$/, '');
  if (!repoUrl) {
    throw new InputError(
      'ray.gitops.repoUrl is missing; write it as https://github.com/owner/repo',
    );
  }
  const { owner, repo, ref } = parseRepositoryUrl(repoUrl);
  if (ref !== undefined) {
    throw new InputError(
      `ray.gitops.repoUrl '${repoUrl}' isn't the address of a repository; write it as https://github.com/owner/repo, and set ray.gitops.branch and ray.gitops.path`,
    );
  }
  const pollSeconds = section.pollSeconds ?? DEFAULT_POLL_SECONDS;
  if (typeof pollSeconds !== 'number' || !(pollSeconds >= LEAST_POLL_SECONDS)) {
    throw new InputError(
      `ray.gitops.pollSeconds must be a number of at least ${LEAST_POLL_SECONDS}`,
    );
  }
  return {
    repoUrl,
    owner,
    repo,
    branch: text(section, 'branch') ?? 'main',
    path: (text(section, 'path') ?? DEFAULT_GITOPS_PATH).replace(
      /^\/+|\/+$/g,
      '',
    ),
    pollSeconds,
    review: readReview(section.pullRequests),
  };
}
