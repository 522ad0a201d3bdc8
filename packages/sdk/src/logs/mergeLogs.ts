import type { PlainLogEvent, SourcedLine } from './logEvents';

/** One of the logs that are merged. */
export interface MergeSource {
  /** As `<pod>/<container>`; decides between lines of the same time. */
  readonly name: string;
  readonly stream: AsyncGenerator<PlainLogEvent, unknown>;
}

interface Head {
  readonly source: MergeSource;
  lines: readonly SourcedLine[];
  at: number;
  pending?: Promise<void>;
  done: boolean;
  /** Has had nothing to say for a while: the others no longer wait for it. */
  quiet: boolean;
  /** Events other than lines, and failures, in words. */
  notes: PlainLogEvent[];
}

export interface MergeOptions {
  /**
   * Milliseconds that lines wait for those of a silent log, which may be older.
   * Absent where all logs have an end: then the order is exact.
   */
  readonly windowMs?: number;
  /** Answers logs that have begun meanwhile; `undefined` when none can any more. */
  readonly more: () => readonly MergeSource[] | undefined;
  /** Milliseconds between two looks for such. */
  readonly pollMs: number;
  readonly signal: AbortSignal;
}

/** Lines in one piece at most. */
const BATCH = 500;
/** Logs that are merged at the same time, at most. */
const MOST = 200;

const tooMany = (left: number) =>
  `${left} more ${left === 1 ? 'log is' : 'logs are'} left out: at most ${MOST} are merged at the same time. Each can be read on its own`;

/**
 * Merges logs by the times of their lines. Of each log one piece is held at a
 * time, so that memory does not grow with their length.
 */
export async function* mergeLogs(
  options: MergeOptions,
): AsyncGenerator<PlainLogEvent, void> {
  const { signal, windowMs, pollMs } = options;
  let heads: Head[] = [];
  try {
    while (!signal.aborted) {
      const more = options.more();
      if (more && more.length > 0) {
        const [taken, left] = split(more, MOST - heads.length);
        heads.push(...taken.map(headOf));
        heads.sort((a, b) => (a.source.name < b.source.name ? -1 : 1));
        left.forEach(leave);
        if (left.length > 0) {
          yield { type: 'gap', reason: tooMany(left.length) };
        }
      }
      heads.forEach(refill);
      for (const head of heads) {
        yield* head.notes.splice(0);
      }
      const waiting = heads.filter(head => head.pending && !rest(head));
      const ready = heads.some(rest);
      if (!ready && waiting.length === 0 && !more) {
        return;
      }
      const holding = waiting.filter(({ quiet }) => !quiet);
      if (!ready || holding.length > 0) {
        const wait = ready && windowMs !== undefined ? windowMs : pollMs;
        const timedOut = await race(waiting, wait, signal);
        if (timedOut && windowMs !== undefined) {
          waiting.forEach(head => {
            head.quiet = true;
          });
        }
        continue;
      }
      yield { type: 'lines', lines: take(heads) };
      heads = heads.filter(head => !isOver(head));
    }
  } finally {
    heads.forEach(({ source }) => leave(source));
  }
}

function split<Item>(items: readonly Item[], at: number): [Item[], Item[]] {
  return [items.slice(0, at), items.slice(at)];
}

function headOf(source: MergeSource): Head {
  return { source, lines: [], at: 0, done: false, quiet: false, notes: [] };
}

/** A stream that waits ends by the signal; nobody may wait for it here. */
function leave({ stream }: MergeSource): void {
  stream.return(undefined).catch(() => {});
}

/** True for a log that has nothing more to say. */
function isOver(head: Head): boolean {
  return head.done && !rest(head) && head.notes.length === 0;
}

function rest({ lines, at }: Head): boolean {
  return at < lines.length;
}

/** Asks a log for its next piece when the one at hand is used up. */
function refill(head: Head): void {
  if (head.done || head.pending || rest(head)) {
    return;
  }
  const { name, stream } = head.source;
  head.pending = stream.next().then(
    next => {
      head.pending = undefined;
      if (next.done) {
        head.done = true;
      } else if (next.value.type === 'lines') {
        head.lines = next.value.lines;
        head.at = 0;
        head.quiet = false;
      } else if (next.value.type === 'gap') {
        const reason = `${name}: ${next.value.reason}`;
        head.notes.push({ type: 'gap', reason });
      }
    },
    error => {
      head.pending = undefined;
      head.done = true;
      const reason = error instanceof Error ? error.message : String(error);
      head.notes.push({ type: 'gap', reason: `${name}: ${reason}` });
    },
  );
}

/** True when nothing came in time. */
async function race(
  waiting: readonly Head[],
  ms: number,
  signal: AbortSignal,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  let stop = () => {};
  const timeout = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(true), ms);
    stop = () => resolve(false);
    signal.addEventListener('abort', stop);
  });
  const came = waiting.map(async ({ pending }) => {
    await pending;
    return false;
  });
  const timedOut = await Promise.race([timeout, ...came]);
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
  return timedOut;
}

/** The oldest lines, until a log's piece is used up. */
function take(heads: readonly Head[]): SourcedLine[] {
  const lines: SourcedLine[] = [];
  // The one with the oldest line comes last; of equal ones, the first by name.
  const ready = heads.filter(rest).reverse();
  ready.sort((a, b) => compare(time(b), time(a)));
  while (lines.length < BATCH) {
    const first = ready.pop();
    if (!first) {
      break;
    }
    lines.push({ ...first.lines[first.at], source: first.source.name });
    first.at += 1;
    if (rest(first)) {
      ready.splice(placeOf(first, ready), 0, first);
    } else if (!first.done) {
      break;
    }
  }
  return lines;
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** Where a log belongs among others in the order of {@link take}. */
function placeOf(head: Head, others: readonly Head[]): number {
  const own = time(head);
  const isBefore = (other: Head) =>
    (compare(time(other), own) ||
      compare(other.source.name, head.source.name)) > 0;
  let [low, high] = [0, others.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isBefore(others[middle])) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** A line without a time comes at once. */
function time({ lines, at }: Head): string {
  return lines[at].time ?? '';
}
