import { isTerminal, type JobRef, type JobSummary } from '@ml-platform/rayjob';

/** How a run ended, as its workload's figures need it. */
export interface RunResult extends JobRef {
  readonly uid: string;
  readonly workload: string;
  readonly owner?: string;
  readonly version?: string;
  readonly state: JobSummary['state'];
  readonly reason?: string;
  readonly message?: string;
  /** ISO 8601 in UTC. */
  readonly endedAt: string;
  /** Milliseconds from the order to the start; of a run with one attempt. */
  readonly waitMs?: number;
  /** Milliseconds from its last start to its end. */
  readonly runMs?: number;
}

/** Milliseconds from one moment to another, where both are known. */
function between(from?: string, to?: string): number | undefined {
  const ms = Date.parse(to ?? '') - Date.parse(from ?? '');
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** What is kept of a row; `undefined` for a job that has not ended or has no workload. */
export function runResult(job: JobSummary): RunResult | undefined {
  const { cluster, namespace, name, uid, workload, state, endedAt } = job;
  if (!workload || !endedAt || !isTerminal(state)) {
    return undefined;
  }
  const { owner, version, reason, message, attempt } = job;
  return {
    cluster,
    namespace,
    name,
    uid,
    workload,
    owner,
    version,
    state,
    reason,
    message,
    endedAt: new Date(endedAt).toISOString(),
    waitMs: attempt === 1 ? between(job.createdAt, job.startedAt) : undefined,
    runMs: between(job.startedAt, endedAt),
  };
}
