import type {
  BlockingFile,
  JobSync,
} from '@ml-platform/backstage-plugin-ray-common';
import { RAYJOBS, type JobRef } from '@ml-platform/rayjob';
import {
  resourceKey,
  type ApplicationFacts,
  type FailedResource,
} from './applicationFacts';

/** What the caller may see of the files that hold up a job. */
export interface SyncView {
  /** Whether there is nothing that the caller may not see. */
  readonly all: boolean;
  readonly covers: (job: JobRef) => boolean;
  /** Path and web page of a job's file. */
  readonly fileOf: (job: JobRef) => Pick<BlockingFile, 'path' | 'url'>;
}

/** Files that are named where several hold up a job. */
const MOST_NAMED = 5;
/** Characters of Argo CD's words that are passed on. */
const LONGEST = 4_000;

const ASK = 'Ask whoever runs the platform which file it is';

type Verdict = Pick<JobSync, 'state' | 'message' | 'error' | 'blockedBy'>;

const shortened = (text: string) =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;

const wordsOf = (text: string, { all }: SyncView) =>
  all && text ? { error: shortened(text) } : {};

function named(
  failed: readonly FailedResource[],
  cluster: string,
  view: SyncView,
): readonly BlockingFile[] {
  return failed
    .flatMap(resource => {
      const { kind, namespace, name, message } = resource;
      const file = { kind, namespace, name, message: shortened(message) };
      if (kind !== RAYJOBS.kind) {
        return view.all ? [file] : [];
      }
      const job = { cluster, namespace, name };
      return view.covers(job) ? [{ ...file, ...view.fileOf(job) }] : [];
    })
    .slice(0, MOST_NAMED);
}

function blocked(
  failed: readonly FailedResource[],
  cluster: string,
  view: SyncView,
): Verdict {
  const blockedBy = named(failed, cluster, view);
  return {
    state: 'blocked',
    message:
      blockedBy.length > 0
        ? 'Another file was refused, so Argo CD applied none of this Application. Correct or remove that file, or sync this job alone.'
        : `Another file was refused, so Argo CD applied none of this Application. ${ASK}, or sync this job alone.`,
    blockedBy,
  };
}

/**
 * Whether a sync that failed has left a job out. Where only the cluster refuses a file,
 * Argo CD applies the others; where it finds the fault before, it applies none.
 */
function isHeldUp(key: string, { attempt }: ApplicationFacts): boolean {
  return attempt?.finishedAt !== undefined && !attempt.applied.has(key);
}

function waiting(facts: ApplicationFacts, view: SyncView): Verdict {
  const { attempt, automated } = facts;
  const failed = attempt?.phase === 'Failed' || attempt?.phase === 'Error';
  if (failed && attempt.failed.length === 0) {
    return {
      state: 'out-of-sync',
      message: 'The last sync failed.',
      ...wordsOf(attempt.message, view),
    };
  }
  return {
    state: 'out-of-sync',
    message: automated
      ? "Argo CD has seen the job's file and applies it with the next sync."
      : "Argo CD has seen the job's file, but doesn't sync this Application by itself.",
  };
}

function verdict(
  job: JobRef,
  facts: ApplicationFacts,
  view: SyncView,
): Verdict {
  const key = resourceKey(job);
  const own = facts.jobs.get(key);
  // Otherwise only some files can't be read, and the others are applied.
  if (facts.comparisonErrors.length > 0 && facts.syncStatus === 'Unknown') {
    const message =
      "Argo CD can't compare this Application with the cluster, so it applies none of its files.";
    return {
      state: 'blocked',
      message: view.all ? message : `${message} ${ASK}.`,
      ...wordsOf(facts.comparisonErrors.join('\n'), view),
    };
  }
  if (own?.requiresPruning) {
    return {
      state: 'removing',
      message:
        "Git no longer has the job's file. The next sync deletes the job.",
    };
  }
  if (own?.status === 'Synced') {
    return { state: 'synced' };
  }
  const failed = facts.attempt?.failed ?? [];
  const isOwn = (each: FailedResource) =>
    each.kind === RAYJOBS.kind && resourceKey(each) === key;
  const ownFailure = failed.find(isOwn);
  if (ownFailure) {
    return {
      state: 'failed',
      message:
        "Correct the job's file with a pull request. Argo CD applies it then.",
      error: shortened(ownFailure.message),
    };
  }
  if (!own) {
    return {
      state: 'not-seen',
      message:
        "Argo CD hasn't seen the job's file yet. It looks at git every few minutes.",
      ...wordsOf(facts.comparisonErrors.join('\n'), view),
    };
  }
  return failed.length > 0 && isHeldUp(key, facts)
    ? blocked(failed, job.cluster, view)
    : waiting(facts, view);
}

/** What the Application that follows a job's file says of the job. */
export function jobSync(
  job: JobRef,
  facts: ApplicationFacts,
  view: SyncView,
): JobSync {
  const { namespace, name, health, automated, attempt } = facts;
  return {
    ...verdict(job, facts, view),
    application: { namespace, name, health },
    automated,
    running: facts.inOperation,
    revision: facts.revision,
    lastTriedAt: attempt?.finishedAt ?? attempt?.startedAt,
  };
}
