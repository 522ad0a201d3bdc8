import type { JobSync } from '@ml-platform/backstage-plugin-ray-common';

/** What people have to know of a job's sync. */
export interface SyncStep {
  readonly severity: 'info' | 'warning' | 'error';
  readonly title: string;
}

const STEPS: Readonly<Record<JobSync['state'], SyncStep>> = {
  synced: { severity: 'info', title: 'Applied to the cluster' },
  'out-of-sync': {
    severity: 'info',
    title: 'Merged, waiting for the next sync',
  },
  'not-seen': {
    severity: 'info',
    title: 'Merged, waiting until Argo CD looks at git',
  },
  failed: { severity: 'error', title: 'The cluster refused this job' },
  blocked: { severity: 'warning', title: 'Another file holds up this job' },
  removing: { severity: 'info', title: 'The next sync deletes this job' },
  'no-application': {
    severity: 'warning',
    title: "Merged, but Argo CD doesn't follow its folder yet",
  },
  unknown: { severity: 'warning', title: "Couldn't ask Argo CD" },
};

/** States that matter for a job that is on its cluster already. */
const OF_LIVE_JOBS: ReadonlySet<JobSync['state']> = new Set([
  'failed',
  'blocked',
  'removing',
]);

/**
 * What to tell of the sync above everything else on a job's page, if anything.
 * @param pending - whether the job waits to be applied for the first time
 */
export function syncStep(
  sync: JobSync,
  pending: boolean,
): SyncStep | undefined {
  if (!pending && !OF_LIVE_JOBS.has(sync.state)) {
    return undefined;
  }
  const step = Object.hasOwn(STEPS, sync.state)
    ? STEPS[sync.state]
    : STEPS.unknown;
  if (sync.state === 'out-of-sync' && sync.error !== undefined) {
    return { severity: 'error', title: 'The last sync failed' };
  }
  return sync.state === 'blocked' && !sync.blockedBy
    ? { ...step, title: "Argo CD can't compare git with the cluster" }
    : step;
}

const WORDS: Readonly<Record<JobSync['state'], string>> = {
  synced: 'Synced',
  'out-of-sync': 'Out of sync',
  'not-seen': 'Not seen yet',
  failed: 'Refused',
  blocked: 'Held up',
  removing: 'Being deleted',
  'no-application': 'No Application',
  unknown: 'Unknown',
};

/** A state in a word or two. One that a newer backend sends is unknown. */
export function syncWord({ state }: JobSync): string {
  return Object.hasOwn(WORDS, state) ? WORDS[state] : WORDS.unknown;
}
