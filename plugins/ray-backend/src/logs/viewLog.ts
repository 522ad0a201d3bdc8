import type { RayLogEvent } from '@ml-platform/backstage-plugin-ray-node';
import { decodeLogCursor, type LogCursor } from '@ml-platform/kube';
import { linesAfter } from './linesAfter';
import type {
  LogEnd,
  LogOpener,
  LogStart,
  LogTopic,
  ViewerPlace,
} from './LogTopic';

const SLOW =
  'The log was faster than this connection; lines were left out here';

/** Reads of the past before a viewer is joined to the live log. */
const MAX_ROUNDS = 5;

export interface ViewOptions {
  readonly topic: LogTopic;
  readonly open: LogOpener;
  readonly start: LogStart;
  readonly signal: AbortSignal;
  /** Called each time that lines had to be left out, with how many if it is known. */
  readonly onGap?: (lines: number) => void;
}

function decode(cursor: string): LogCursor | undefined {
  try {
    return decodeLogCursor(cursor);
  } catch {
    return undefined;
  }
}

/**
 * What one viewer sees of a shared log: first what the buffer no longer has or
 * never had, read for this viewer alone, then the buffer. A viewer too slow for
 * the buffer gets a gap; the log and the other viewers don't wait.
 */
export async function* viewLog(
  options: ViewOptions,
): AsyncGenerator<RayLogEvent, LogEnd> {
  const { topic, signal } = options;
  const { buffer } = topic;
  const joined = yield* join(options);
  const place: ViewerPlace = { seq: joined.seq };
  const leave = topic.join(place);
  let { after, skip } = joined;
  let { lines: seen } = buffer.upTo(place.seq);
  try {
    while (!signal.aborted) {
      if (place.seq < buffer.oldest) {
        place.seq = buffer.oldest;
        options.onGap?.(buffer.upTo(place.seq).lines - seen);
        yield { type: 'gap', reason: SLOW };
        skip = 0;
      }
      const entry = buffer.at(place.seq);
      if (!entry) {
        if (topic.end) {
          return topic.end;
        }
        await topic.changed(signal);
        continue;
      }
      place.seq += 1;
      seen = entry.total.lines;
      topic.moved();
      const { event } = entry;
      if (event.type !== 'lines') {
        yield event;
        continue;
      }
      let lines = skip > 0 ? event.lines.slice(skip) : event.lines;
      skip = 0;
      const end = after && decode(event.cursor);
      if (after && end) {
        lines = linesAfter(event.lines, end, startOf(topic, entry.seq), after);
        after = lines.length === event.lines.length ? undefined : after;
      }
      if (lines.length > 0) {
        yield lines === event.lines ? event : { ...event, lines };
      }
    }
    return { reason: 'completed' };
  } finally {
    leave();
  }
}

interface Joined {
  readonly seq: number;
  /** Lines up to here were seen. */
  readonly after?: LogCursor;
  /** Lines of the first entry to leave out. */
  readonly skip: number;
}

/** The place before an entry, when the entry before it is known. */
function startOf(topic: LogTopic, seq: number): LogCursor | undefined {
  for (let i = seq - 1; i >= topic.buffer.oldest; i -= 1) {
    const event = topic.buffer.at(i)?.event;
    if (event?.type === 'lines') {
      return decode(event.cursor);
    }
  }
  return undefined;
}

function inBuffer(topic: LogTopic, start: LogStart): Joined | undefined {
  const { buffer } = topic;
  if (start === topic.start && buffer.whole) {
    return { seq: 1, skip: 0 };
  }
  if (start.cursor !== undefined) {
    const found = buffer.find(start.cursor);
    return found === undefined ? undefined : { seq: found + 1, skip: 0 };
  }
  if (start.tailLines !== undefined) {
    if (topic.heldBack) {
      return undefined;
    }
    const tail = buffer.tail(start.tailLines);
    const reachesBack =
      topic.fromFirstLine ||
      (tail && countFrom(topic, tail.seq) >= start.tailLines);
    return tail && reachesBack ? tail : undefined;
  }
  return topic.fromFirstLine ? { seq: 1, skip: 0 } : undefined;
}

function countFrom(topic: LogTopic, seq: number): number {
  let count = 0;
  for (let i = seq; i < topic.buffer.next; i += 1) {
    const event = topic.buffer.at(i)?.event;
    count += event?.type === 'lines' ? event.lines.length : 0;
  }
  return count;
}

/** Whether the buffer holds the line that comes next after a place. */
function reaches(topic: LogTopic, after: LogCursor | undefined): boolean {
  const { buffer } = topic;
  if (topic.fromFirstLine) {
    return true;
  }
  if (!after) {
    return buffer.whole;
  }
  for (let i = buffer.oldest; i < buffer.next; i += 1) {
    const event = buffer.at(i)?.event;
    if (event?.type === 'lines') {
      const end = decode(event.cursor);
      const start = startOf(topic, i);
      return (
        end !== undefined &&
        linesAfter(event.lines, end, start, after).length < event.lines.length
      );
    }
  }
  // Nothing there yet: whatever comes is after what was read.
  return true;
}

/** Reads what the buffer lacks and answers where in the buffer to go on. */
async function* join(
  options: ViewOptions,
): AsyncGenerator<RayLogEvent, Joined> {
  const { topic, open, signal } = options;
  let { start } = options;
  const found = inBuffer(topic, start);
  if (found) {
    return found;
  }
  let after = start.cursor ? decode(start.cursor) : undefined;
  for (let round = 0; round < MAX_ROUNDS && !signal.aborted; round += 1) {
    const past = open({ follow: false, start, signal });
    for await (const event of past) {
      if (event.type === 'lines') {
        after = decode(event.cursor);
        start = { cursor: event.cursor };
      }
      if (event.type !== 'waiting') {
        yield event;
      }
    }
    if (reaches(topic, after)) {
      return { seq: topic.buffer.oldest, after, skip: 0 };
    }
  }
  options.onGap?.(0);
  yield { type: 'gap', reason: SLOW };
  return { seq: topic.buffer.oldest, after, skip: 0 };
}
