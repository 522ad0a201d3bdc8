import { formatDuration } from './formatDuration';
import { useNow } from './useNow';

export interface DurationProps {
  /** ISO 8601 */
  readonly from?: string;
  /** Absent while it lasts. */
  readonly to?: string;
}

/** Time between two moments, ticking while the second has not come. */
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
