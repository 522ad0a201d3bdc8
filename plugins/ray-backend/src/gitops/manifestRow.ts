import { InputError, isError } from '@backstage/errors';
import {
  jobSummary,
  readRayJob,
  readYaml,
  type JobGitOps,
  type JobRef,
  type JobState,
  type JobSummary,
  type RayJob,
} from '@ml-platform/rayjob';
import { ANNOTATION_ANOTHER_RUN_OF } from '@ml-platform/sdk';

/** A stand-in for the UID that the API server will give. */
const NO_UID = 'git:';

const NO_JOB: RayJob = { metadata: { name: '' } };

export interface ManifestPlace {
  readonly ref: JobRef;
  readonly gitops: JobGitOps;
  readonly state: JobState;
  readonly message: string;
  /** ISO 8601, for the list's order. */
  readonly createdAt: string;
}

/**
 * When a run was asked for, from its name `<workload>-<yyyymmdd>-<hhmmss>`;
 * `undefined` for other names.
 */
export function timeOfJobName(name: string): string | undefined {
  const match = /-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/.exec(name);
  if (!match) {
    return undefined;
  }
  const [, year, month, day, hour, minute, second] = match;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

/** What the text of a manifest says, whatever its place. */
export interface ManifestFacts {
  readonly row: JobSummary;
  /** The run that this one repeats. */
  readonly anotherRunOf?: string;
  /** What is wrong with the text. */
  readonly problem?: string;
}

/** Stands for a manifest whose text isn't read, or not yet. */
export const UNREAD: ManifestFacts = { row: jobSummary('', NO_JOB) };

/** Longest manifest that is read, in characters; those of jobs have thousands. */
const LONGEST = 1024 * 1024;

/**
 * Reads the text of a manifest. One that can't be read still says so: its author
 * has to see it.
 */
export function manifestFacts(text: string): ManifestFacts {
  try {
    if (text.length > LONGEST) {
      throw new InputError(`The file has more than ${LONGEST} characters`);
    }
    const job = readRayJob(readYaml(text));
    return {
      row: jobSummary('', job),
      anotherRunOf: job.metadata.annotations?.[ANNOTATION_ANOTHER_RUN_OF],
    };
  } catch (error) {
    return {
      ...UNREAD,
      problem: `${isError(error) ? error.message : String(error)}; correct it in the pull request`,
    };
  }
}

/** The row of a job that exists only in git. */
export function manifestRow(
  { row, problem }: ManifestFacts,
  place: ManifestPlace,
): JobSummary {
  const { ref, gitops, state, message, createdAt } = place;
  const { cluster, namespace, name } = ref;
  return {
    ...row,
    cluster,
    namespace,
    name,
    uid: `${NO_UID}${gitops.path}`,
    state,
    reason: problem ? 'InvalidManifest' : undefined,
    message: problem ? `${gitops.path}: ${problem}` : message,
    createdAt,
    workers: { ...row.workers, ready: 0 },
    gitops: { ...row.gitops, ...gitops },
  };
}

/** True for the row of a job that no cluster had when it was made. */
export function isFromGit({ uid }: Pick<JobSummary, 'uid'>): boolean {
  return uid.startsWith(NO_UID);
}
