import { formatDuration } from './formatDuration';
import { fullTime } from './formatTime';
import { useNow } from './useNow';
import { useTimeZone } from './useTimeZone';

/** How long ago something was, with the exact time on hover. */
export const TimeAgo = ({ at }: { readonly at?: string }) => {
  const now = useNow(Boolean(at));
  const zone = useTimeZone();
  const title = fullTime(at, zone);
  if (!at || !title) {
    return <span>–</span>;
  }
  const ms = now - Date.parse(at);
  return (
    <time dateTime={at} title={title} style={{ whiteSpace: 'nowrap' }}>
      {ms < 5_000 ? 'just now' : `${formatDuration(ms).split(' ')[0]} ago`}
    </time>
  );
};
