import { HIDDEN_TEXT } from '../states/hiddenText';
import { formatDuration } from './formatDuration';
import { fullTime } from './formatTime';
import { useOfNow } from './useNow';
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
  const start = Date.parse(from ?? '');
  const text = useOfNow(
    now => formatDuration((Date.parse(to ?? '') || now) - start),
    Boolean(from) && !to,
  );
  const zone = useTimeZone();
  if (Number.isNaN(start)) {
    return (
      <span>
        <span aria-hidden>–</span>
        <span style={HIDDEN_TEXT}>Not started</span>
      </span>
    );
  }
  return (
    <span
      title={[fullTime(from, zone), fullTime(to, zone)]
        .filter(Boolean)
        .join(' – ')}
      style={{ fontVariantNumeric: 'tabular-nums' }}
    >
      {text}
    </span>
  );
};
