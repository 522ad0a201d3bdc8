import type { LogLinesAnswer } from '@ml-platform/backstage-plugin-ray-common';
import type { LogFeed } from '../logs/numbered/LogFeed';
import type { HeldLog } from '../logs/numbered/NumberedLogs';
import type { FoldedLine } from '../logs/numbered/readFolded';

function stateOf({ end, isCaughtUp }: LogFeed): LogLinesAnswer['state'] {
  if (end) {
    return 'ended';
  }
  return isCaughtUp ? 'following' : 'reading';
}

/** What there is of a log, with some of its lines. */
export function linesAnswer(
  { source, lasting, feed }: HeldLog,
  lines: readonly FoldedLine[],
): LogLinesAnswer {
  const { log, end, waiting } = feed;
  return {
    source,
    lasting,
    lines: [...lines],
    first: log.first,
    last: log.last,
    state: stateOf(feed),
    end: end?.reason,
    waiting,
    missing: log.gaps,
  };
}
