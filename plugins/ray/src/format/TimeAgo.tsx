import { DateTime } from 'luxon';
import { formatDuration } from './formatDuration';
import { useNow } from './useNow';

/** A moment as people say it, with the exact time on hover. */
export const TimeAgo = ({ at }: { readonly at?: string }) => {
  const now = useNow(Boolean(at));
  const time = at ? DateTime.fromISO(at) : undefined;
  if (!time?.isValid) {
    return <span>–</span>;
  }
  const ms = now - time.toMillis();
  return (
    <time
      dateTime={at}
      title={time.toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS)}
      style={{ whiteSpace: 'nowrap' }}
    >
      {ms < 5_000 ? 'just now' : `${formatDuration(ms).split(' ')[0]} ago`}
    </time>
  );
};
