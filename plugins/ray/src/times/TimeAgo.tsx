import { formatDuration } from './formatDuration';
import { fullTime } from './formatTime';
import { useOfNow } from './useNow';
import { useTimeZone } from './useTimeZone';

function ago(ms: number): string {
  return ms < 5_000 ? 'just now' : `${formatDuration(ms).split(' ')[0]} ago`;
}

/** How long ago something was, with the exact time on hover. */
export const TimeAgo = ({ at }: { readonly at?: string }) => {
  const text = useOfNow(now => ago(now - Date.parse(at ?? '')), Boolean(at));
  const zone = useTimeZone();
  const title = fullTime(at, zone);
  if (!at || !title) {
    return <span>–</span>;
  }
  return (
    <time dateTime={at} title={title} style={{ whiteSpace: 'nowrap' }}>
      {text}
    </time>
  );
};
