import {
  isRayJob,
  jobSummary,
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

/** Longest manifest that is read, in characters; those of jobs have thousands. */
const LONGEST = 1024 * 1024;

/**
 * Reads the text of a manifest. One that can't be read still says so: its author
 * has to see it.
 */
export function manifestFacts(text: string): ManifestFacts {
  const nothing = jobSummary('', NO_JOB);
  if (text.length > LONGEST) {
    return { row: nothing, problem: 'is too large for a manifest' };
  }
  try {
    const job = readYaml(text);
    return isRayJob(job)
      ? {
          row: jobSummary('', job),
          anotherRunOf: job.metadata.annotations?.[ANNOTATION_ANOTHER_RUN_OF],
        }
      : {
          row: nothing,
          problem: 'holds no RayJob; correct it in the pull request',
        };
  } catch (error) {
    return {
      row: nothing,
      problem: `can't be read: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** Stands for a manifest whose text isn't read, or not yet. */
export const UNREAD: ManifestFacts = { row: jobSummary('', NO_JOB) };

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
    message: problem ? `${gitops.path} ${problem}` : message,
    createdAt,
    workers: { ...row.workers, ready: 0 },
    gitops: { ...row.gitops, ...gitops },
  };
}

/** True for the row of a job that no cluster had when it was made. */
export function isFromGit({ uid }: Pick<JobSummary, 'uid'>): boolean {
  return uid.startsWith(NO_UID);
}
