import type {
  TimeSpread,
  WorkloadStatistics,
} from '@ml-platform/backstage-plugin-ray-common';
import { formatDuration } from '../times/formatDuration';
import type { WeekBar } from './WeekBars';

type Week = WorkloadStatistics['weeks'][number];

/** The day that a week begins with, which is so in UTC: `23 Nov`. */
export function dayOf({ from }: Week): string {
  return new Date(from).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
}

/** Share of the runs that succeeded of those that were not stopped: `88 %`. */
export function successRate({
  succeeded,
  failed,
}: Pick<WorkloadStatistics, 'succeeded' | 'failed'>): string {
  const all = succeeded + failed;
  return all === 0 ? '–' : `${Math.round((100 * succeeded) / all)} %`;
}

export function outcomeText(week: Week): string {
  const { succeeded, failed, stopped } = week;
  return succeeded + failed + stopped === 0
    ? 'no runs'
    : `${succeeded} succeeded, ${failed} failed, ${stopped} stopped`;
}

/** How long it took, for people. */
export function spreadText(spread: TimeSpread | undefined): string {
  return spread
    ? `median ${formatDuration(spread.median)}, nine of ten within ${formatDuration(spread.most)}`
    : 'no runs';
}

/** Bars of how runs ended. */
export const outcomeBars = (
  weeks: readonly Week[],
  colors: Readonly<Record<'succeeded' | 'failed' | 'stopped', string>>,
): readonly WeekBar[] =>
  weeks.map(week => ({
    day: dayOf(week),
    text: outcomeText(week),
    parts: (['succeeded', 'failed', 'stopped'] as const).map(state => ({
      amount: week[state],
      color: colors[state],
    })),
  }));

/** Bars of medians. */
export const medianBars = (
  weeks: readonly Week[],
  field: 'duration' | 'wait',
  color: string,
): readonly WeekBar[] =>
  weeks.map(week => ({
    day: dayOf(week),
    text: spreadText(week[field]),
    parts: [{ amount: week[field]?.median ?? 0, color }],
  }));
