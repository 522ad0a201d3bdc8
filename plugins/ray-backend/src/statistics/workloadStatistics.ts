import type {
  TimeSpread,
  WorkloadStatistics,
} from '@ml-platform/backstage-plugin-ray-common';
import type { RunResult } from './RunResult';

const DAY = 24 * 60 * 60_000;
const WEEK = 7 * DAY;
/** Causes, versions, and people of a version, that are told of. */
const TOLD = 10;

/** The Monday, at midnight UTC, with which the last so many weeks begin. */
export function firstWeek(now: Date, weeks: number): Date {
  const midnight = Date.UTC(
    now.getUTCFullYear(),
    now.getUTCMonth(),
    now.getUTCDate(),
  );
  const sinceMonday = (now.getUTCDay() + 6) % 7;
  return new Date(midnight - sinceMonday * DAY - (weeks - 1) * WEEK);
}

/** Median and ninth decile; `undefined` of nothing. */
function spread(
  times: readonly (number | undefined)[],
): TimeSpread | undefined {
  const sorted = times.filter(ms => ms !== undefined).sort((a, b) => a - b);
  if (sorted.length === 0) {
    return undefined;
  }
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  return { runs: sorted.length, median: at(0.5), most: at(0.9) };
}

/** Items by key, those with the most first. */
function groups<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | undefined,
): (readonly [string, readonly Item[]])[] {
  const byKey = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) {
      const known = byKey.get(key);
      if (known) {
        known.push(item);
      } else {
        byKey.set(key, [item]);
      }
    }
  }
  return [...byKey].sort(([, a], [, b]) => b.length - a.length);
}

const countOf = (results: readonly RunResult[], state: RunResult['state']) =>
  results.filter(result => result.state === state).length;

const outcomes = (results: readonly RunResult[]) => ({
  succeeded: countOf(results, 'succeeded'),
  failed: countOf(results, 'failed'),
  stopped: countOf(results, 'stopped'),
});

/**
 * Figures of how the runs of a workload ended.
 * @param results - the newest first
 */
export function workloadStatistics(
  results: readonly RunResult[],
  options: {
    readonly weeks: number;
    readonly now: Date;
    readonly complete: boolean;
  },
): WorkloadStatistics {
  const first = firstWeek(options.now, options.weeks).getTime();
  const weekOf = ({ endedAt }: RunResult) =>
    Math.floor((Date.parse(endedAt) - first) / WEEK);
  const byWeek = new Map(groups(results, result => String(weekOf(result))));
  const weeks = Array.from({ length: options.weeks }, (_, week) => {
    const ended = byWeek.get(String(week)) ?? [];
    const succeeded = ended.filter(({ state }) => state === 'succeeded');
    return {
      from: new Date(first + week * WEEK).toISOString(),
      ...outcomes(ended),
      duration: spread(succeeded.map(({ runMs }) => runMs)),
      wait: spread(ended.map(({ waitMs }) => waitMs)),
    };
  });
  const failed = results.filter(({ state }) => state === 'failed');
  const causes = groups(failed, ({ reason }) => reason ?? 'Unknown');
  const versions = groups(results, ({ version }) => version ?? 'without');
  return {
    since: new Date(first).toISOString(),
    runs: results.length,
    complete: options.complete,
    ...outcomes(results),
    weeks,
    causes: causes.slice(0, TOLD).map(([reason, runs]) => {
      const { cluster, namespace, name, uid, message, endedAt } = runs[0];
      const last = { cluster, namespace, name, uid, message, endedAt };
      return { reason, runs: runs.length, last };
    }),
    versions: versions.slice(0, TOLD).map(([version, runs]) => ({
      version,
      runs: runs.length,
      ...outcomes(runs),
      lastEndedAt: runs[0].endedAt,
      owners: groups(runs, ({ owner }) => owner)
        .slice(0, TOLD)
        .map(([owner, own]) => ({ owner, runs: own.length })),
    })),
  };
}
