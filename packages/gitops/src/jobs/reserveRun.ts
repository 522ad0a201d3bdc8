import { ConflictError } from '@backstage/errors';
import type { JobRef } from '@ml-platform/rayjob';
import type { GitHubApi } from '../github/GitHubApi';
import { Patience, type PatienceOptions } from '../github/Patience';
import type { PullRequestReader } from '../read/PullRequestReader';
import { addition } from '../write/fileChange';
import { PullRequestBranch } from '../write/PullRequestBranch';
import type { GitOpsConfig } from './gitOpsConfig';
import { jobBranch } from './jobBranch';
import { jobManifestPath } from './manifestPath';

/** A run under the name that it may get. */
export interface RunManifest {
  readonly ref: JobRef;
  /** The manifest, as YAML. */
  readonly content: string;
}

export interface ReserveRunOptions<
  T extends RunManifest,
> extends PatienceOptions {
  readonly api: GitHubApi;
  readonly pulls: PullRequestReader;
  readonly config: GitOpsConfig;
  /** The same run under one name after the other, best first. */
  readonly candidates: Iterable<T>;
}

/** True when somebody else asks for a job at this path, from whatever branch. */
async function isProposed(
  pulls: PullRequestReader,
  { path, branch }: { readonly path: string; readonly branch: string },
): Promise<boolean> {
  for (const pull of await pulls.open()) {
    if (pull.branch !== branch) {
      const { added } = await pulls.changes(pull);
      if (added.some(file => file.path === path)) {
        return true;
      }
    }
  }
  return false;
}

/** Takes the name of a run; false when somebody else has it. */
async function take(
  options: Omit<ReserveRunOptions<RunManifest>, 'candidates'>,
  run: RunManifest,
): Promise<boolean> {
  const { pulls, config } = options;
  const path = jobManifestPath(run.ref, config.path);
  const branch = jobBranch('run', run.ref);
  const target = new PullRequestBranch({
    ...options,
    base: config.branch,
    branch,
    changes: [addition(path, run.content)],
    title: `Run training job ${run.ref.name}`,
  });
  const found = await target.state();
  if (found !== 'absent') {
    return found === 'same';
  }
  if ((await pulls.of(branch)) || (await isProposed(pulls, { path, branch }))) {
    return false;
  }
  try {
    return await target.create();
  } catch (error) {
    if (error instanceof ConflictError) {
      // The base has a job of this name.
      return false;
    }
    throw error;
  }
}

/**
 * Takes the first name of a run that nobody has, by pushing the branch of its
 * pull request: GitHub creates a branch for one caller and refuses all others.
 * The manifest names who asks, so a caller that comes again, after its answer was
 * lost, finds its own manifest on the branch and keeps the name.
 *
 * @throws {ConflictError} when all names are taken
 */
export async function reserveRun<T extends RunManifest>(
  options: ReserveRunOptions<T>,
): Promise<T> {
  const patience = new Patience(options);
  const tried: string[] = [];
  for (const run of options.candidates) {
    if (await patience.with(() => take(options, run))) {
      return run;
    }
    tried.push(run.ref.name);
    options.onProgress?.(`The name ${run.ref.name} is taken`);
  }
  const last = tried.at(-1);
  throw new ConflictError(
    tried.length === 1
      ? `The name ${last} is taken; choose another`
      : `Too many runs were asked for at once: all names up to ${last} are taken; try again`,
  );
}
