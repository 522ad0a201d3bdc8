import type { LogEvent, LogOpener, LogOutcome } from '../logTypes';
import type { WrittenLog } from './numberedTypes';

/** What comes out of a log that is numbered: it may come as a whole. */
export type NumberedEvent =
  LogEvent | { readonly type: 'written'; readonly log: WrittenLog };

/** Opens a log whose lines get numbers. */
export type NumberedOpener = (
  ...args: Parameters<LogOpener>
) => AsyncGenerator<NumberedEvent, LogOutcome>;

/** Has a log come as a whole where that is possible, and otherwise line by line. */
export function writtenFirst(
  open: LogOpener,
  written: () => Promise<WrittenLog | undefined>,
): NumberedOpener {
  return async function* whole(options) {
    const log = options.start.cursor ? undefined : await written();
    if (!log) {
      return yield* open(options);
    }
    yield { type: 'written', log };
    return 'completed';
  };
}
