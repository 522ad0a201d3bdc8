import { formatDuration } from './formatDuration';
import { useNow } from './useNow';

export interface DurationProps {
  /** ISO 8601 */
  readonly from?: string;
  /** Absent until it ends. */
  readonly to?: string;
}

/** The time between two moments. Ticks until the second one is known. */
export const Duration = ({ from, to }: DurationProps) => {
  const now = useNow(Boolean(from) && !to);
  const start = Date.parse(from ?? '');
  if (Number.isNaN(start)) {
    return <span aria-label="Not started">–</span>;
  }
  const end = Date.parse(to ?? '') || now;
  return (
    <span style={{ fontVariantNumeric: 'tabular-nums' }}>
      {formatDuration(end - start)}
    </span>
  );
};
