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

/** A stand-in for the UID that the API server will give. */
const NO_UID = 'git:';

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

/**
 * The row of a job that exists only in git. A manifest that can't be read still
 * makes a row, which says so: its author has to see it.
 */
export function manifestRow(text: string, place: ManifestPlace): JobSummary {
  const { ref, gitops, state, message, createdAt } = place;
  const { cluster, namespace, name } = ref;
  let job: RayJob = { metadata: { name, namespace } };
  let problem: string | undefined;
  try {
    job = readRayJob(readYaml(text));
  } catch (error) {
    problem = `${gitops.path}: ${
      error instanceof Error ? error.message : String(error)
    }; correct it in the pull request`;
  }
  const row = jobSummary(cluster, job);
  return {
    ...row,
    cluster,
    namespace,
    name,
    uid: `${NO_UID}${gitops.path}`,
    state,
    reason: problem ? 'InvalidManifest' : undefined,
    message: problem ?? message,
    createdAt,
    workers: { ...row.workers, ready: 0 },
    gitops: { ...row.gitops, ...gitops },
  };
}

/** True for the row of a job that no cluster had when it was made. */
export function isFromGit({ uid }: Pick<JobSummary, 'uid'>): boolean {
  return uid.startsWith(NO_UID);
}
