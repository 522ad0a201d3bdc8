import { formatDuration } from './formatDuration';
import { fullTime } from './formatTime';
import { useNow } from './useNow';
import { useTimeZone } from './useTimeZone';

export interface DurationProps {
  /** ISO 8601 */
  readonly from?: string;
  /** Absent until it ends. */
  readonly to?: string;
}

/**
 * The time between two moments, with both on hover. Ticks until the second one is
 * known.
 */
export const Duration = ({ from, to }: DurationProps) => {
  const now = useNow(Boolean(from) && !to);
  const zone = useTimeZone();
  const start = Date.parse(from ?? '');
  if (Number.isNaN(start)) {
    return <span aria-label="Not started">–</span>;
  }
  const end = Date.parse(to ?? '') || now;
  return (
    <span
      title={[fullTime(from, zone), fullTime(to, zone)]
        .filter(Boolean)
        .join(' – ')}
      style={{ fontVariantNumeric: 'tabular-nums' }}
    >
      {formatDuration(end - start)}
    </span>
  );
};
