import { isDeepStrictEqual } from 'node:util';
import { isSameLog, linesAfter, type LogCursor } from '@ml-platform/sdk';
import type { LogTopic, ViewerPlace } from './LogTopic';
import type { LogEnd, LogEvent, LogOpener, LogStart } from './logTypes';

const SLOW =
  'The log was faster than this connection; lines were left out here';

/** Reads of the past before a viewer is joined to the live log. */
const MAX_ROUNDS = 5;

export interface ViewOptions {
  /** Joins the topic that is shared; called once the viewer reads. */
  readonly enter: () => {
    readonly topic: LogTopic;
    readonly leave: () => void;
  };
  readonly open: LogOpener;
  readonly start: LogStart;
  readonly signal: AbortSignal;
  /** Called each time that lines had to be left out, with how many if it is known. */
  readonly onGap?: (lines: number) => void;
}

/**
 * What one viewer sees of a shared log: first what the window no longer has or
 * never had, read for this viewer alone, then the window. A viewer too slow for
 * the window gets a gap; the log and the other viewers don't wait.
 */
export async function* viewLog(
  options: ViewOptions,
): AsyncGenerator<LogEvent, LogEnd> {
  const { signal } = options;
  const { topic, leave } = options.enter();
  const { window } = topic;
  let leavePlace = () => {};
  try {
    const joined = yield* join(topic, options);
    const place: ViewerPlace = { seq: joined.seq };
    leavePlace = topic.join(place);
    let { after, skip } = joined;
    let { lines: seen } = window.upTo(place.seq);
    while (!signal.aborted) {
      if (place.seq < window.oldest) {
        place.seq = window.oldest;
        options.onGap?.(window.upTo(place.seq).lines - seen);
        yield { type: 'gap', reason: SLOW };
        skip = 0;
      }
      const piece = window.at(place.seq);
      if (!piece) {
        if (topic.end) {
          return topic.end;
        }
        await topic.changed(signal);
        continue;
      }
      place.seq += 1;
      seen = piece.total.lines;
      topic.moved();
      const { event } = piece;
      if (event.type !== 'lines') {
        yield event;
        continue;
      }
      let lines = skip > 0 ? event.lines.slice(skip) : event.lines;
      skip = 0;
      if (after) {
        lines = newLines(topic, piece.seq, event, after);
        after = lines.length === event.lines.length ? undefined : after;
      }
      if (lines.length > 0) {
        yield lines === event.lines ? event : { ...event, lines };
      }
    }
    return { reason: 'completed' };
  } finally {
    leavePlace();
    leave();
  }
}

/** The lines of a piece of a topic that come after a place. */
function newLines(
  topic: LogTopic,
  seq: number,
  { lines, cursor }: Extract<LogEvent, { type: 'lines' }>,
  after: LogCursor,
) {
  return linesAfter({ lines, end: cursor, start: startOf(topic, seq) }, after);
}

interface Joined {
  readonly seq: number;
  /** Lines up to here were seen. */
  readonly after?: LogCursor;
  /** Lines of the first piece to leave out. */
  readonly skip: number;
}

/** The place before a piece, when the piece before it is known. */
function startOf(topic: LogTopic, seq: number): LogCursor | undefined {
  for (let i = seq - 1; i >= topic.window.oldest; i -= 1) {
    const event = topic.window.at(i)?.event;
    if (event?.type === 'lines') {
      return event.cursor;
    }
  }
  return undefined;
}

function inWindow(topic: LogTopic, start: LogStart): Joined | undefined {
  const { window } = topic;
  if (start === topic.start && window.whole) {
    return { seq: 1, skip: 0 };
  }
  if (start.cursor !== undefined) {
    const found = window.find(start.cursor);
    return found === undefined ? undefined : { seq: found + 1, skip: 0 };
  }
  if (start.tailLines !== undefined) {
    if (topic.heldBack) {
      return undefined;
    }
    const tail = window.tail(start.tailLines);
    const reachesBack =
      topic.fromFirstLine ||
      (tail && countFrom(topic, tail.seq) >= start.tailLines);
    return tail && reachesBack ? tail : undefined;
  }
  return topic.fromFirstLine ? { seq: 1, skip: 0 } : undefined;
}

function countFrom(topic: LogTopic, seq: number): number {
  let count = 0;
  for (let i = seq; i < topic.window.next; i += 1) {
    const event = topic.window.at(i)?.event;
    count += event?.type === 'lines' ? event.lines.length : 0;
  }
  return count;
}

/**
 * Number of the piece with the line that comes next after a place, if any. Lines from
 * Ray's own file, whose places are of another kind, stand between those of a container:
 * only a line that was seen tells that none of them is missing.
 */
function nextAfter(
  topic: LogTopic,
  after: LogCursor | undefined,
): number | undefined {
  const { window, fromFirstLine } = topic;
  let any = false;
  let first: number | undefined;
  for (let i = window.next - 1; after && i >= window.oldest; i -= 1) {
    const event = window.at(i)?.event;
    if (event?.type === 'lines') {
      any = true;
      if (isSameLog(event.cursor, after)) {
        const fresh = newLines(topic, i, event, after).length;
        if (fresh < event.lines.length) {
          return i;
        }
        first = i;
      }
    }
  }
  if (first !== undefined) {
    return fromFirstLine ? first : undefined;
  }
  // Of what is not there yet, all comes after what was read.
  const reaches = fromFirstLine || (after === undefined ? window.whole : !any);
  return reaches ? window.oldest : undefined;
}

/** Whether the window tells of the same gap from a piece on. */
function saysAfter(topic: LogTopic, seq: number, gap: LogEvent): boolean {
  for (let i = seq; i < topic.window.next; i += 1) {
    if (isDeepStrictEqual(topic.window.at(i)?.event, gap)) {
      return true;
    }
  }
  return false;
}

/** Reads what the window lacks and answers where in the window to continue. */
async function* join(
  topic: LogTopic,
  options: ViewOptions,
): AsyncGenerator<LogEvent, Joined> {
  const { open, signal } = options;
  let { start } = options;
  const found = inWindow(topic, start);
  if (found) {
    return found;
  }
  let after = start.cursor;
  // What is said after the last line, the window may say again.
  let said: LogEvent[] = [];
  for (let round = 0; round < MAX_ROUNDS && !signal.aborted; round += 1) {
    const past = open({ follow: false, start, signal });
    for await (const event of past) {
      if (event.type === 'lines') {
        after = event.cursor;
        start = { cursor: event.cursor };
        yield* said;
        yield event;
        said = [];
      } else if (event.type === 'gap') {
        said.push(event);
      }
    }
    const seq = nextAfter(topic, after);
    if (seq !== undefined) {
      yield* said.filter(event => !saysAfter(topic, seq, event));
      return { seq, after, skip: 0 };
    }
  }
  options.onGap?.(0);
  yield* said;
  yield { type: 'gap', reason: SLOW };
  return { seq: topic.window.oldest, after, skip: 0 };
}
