import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { isTerminal } from '@ml-platform/rayjob';
import type { JobIndex } from '../jobs/JobIndex';

/** Seconds: from a warm node to a GPU that takes half a day to come. */
const BUCKETS = [5, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 43_200];

/**
 * Counts what happens to jobs while the backend watches: how they end and why, and
 * how long each took to start. After a restart it doesn't count again what happened
 * before.
 */
export function countRuns(options: {
  readonly metrics: Pick<MetricsService, 'createCounter' | 'createHistogram'>;
  readonly index: JobIndex;
  readonly clock: () => Date;
}): void {
  const { metrics, index, clock } = options;
  const ended = metrics.createCounter('ray.jobs.ended', {
    description: 'Jobs that ended, by state and reason',
  });
  const start = metrics.createHistogram('ray.job.start.time', {
    description: 'Time from the creation of a job until it runs',
    unit: 's',
    advice: { explicitBucketBoundaries: BUCKETS },
  });
  index.subscribe(({ before, after }) => {
    if (!before || !after || before.state === after.state) {
      return;
    }
    const { cluster, state, reason = 'None' } = after;
    if (isTerminal(state) && !isTerminal(before.state)) {
      ended.add(1, { cluster, state, reason });
    }
    const waited = before.state === 'queued' || before.state === 'pending';
    if (waited && state === 'running' && after.attempt === 1) {
      const since = clock().getTime() - Date.parse(after.createdAt);
      start.record(Math.max(0, since / 1_000), { cluster });
    }
  });
}
