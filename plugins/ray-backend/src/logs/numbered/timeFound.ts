import type { LogLinesAnswer } from '@ml-platform/backstage-plugin-ray-common';
import type { LogFeed } from './LogFeed';

/** What came of looking for a time in a log. */
export function timeFound(
  feed: LogFeed,
  line: number | undefined,
): LogLinesAnswer['timeFound'] {
  if (line !== undefined) {
    return 'yes';
  }
  if (!feed.isCaughtUp) {
    return 'not-yet';
  }
  const { log } = feed;
  const isTimeless = log.last >= log.first && log.latest === '';
  return isTimeless ? 'no-times' : 'no';
}
