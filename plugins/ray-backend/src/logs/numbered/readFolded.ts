import { linesIn } from './chunkLines';
import { isRepeat } from './isRepeat';
import type { LogPart, NumberedLine, NumberedLog } from './NumberedLog';

/** A line, and how far the lines after it are equal to it. */
export interface FoldedLine extends NumberedLine {
  /** Number of the last of them, where there are any. */
  readonly until?: number;
}

/** A line that stands for itself and for those after it up to one. */
interface Run {
  readonly line: NumberedLine;
  readonly until: number;
}

/** The lines of a part, equal ones together. */
function* runsIn(part: LogPart): Generator<Run> {
  let run: { readonly line: NumberedLine; until: number } | undefined;
  for (const line of linesIn(part, part.first)) {
    if (run && isRepeat(run.line, line)) {
      run.until = line.number;
    } else {
      if (run) {
        yield run;
      }
      run = { line, until: line.number };
    }
  }
  if (run) {
    yield run;
  }
}

/**
 * Number of the last of the lines that are equal to the first of them.
 * @param known - number of one of them
 */
async function endOf(
  log: NumberedLog,
  first: number,
  known: number,
): Promise<number> {
  const part = await log.lastPartOf(first);
  if (part.firstRun <= first) {
    for (const { until } of runsIn(part)) {
      if (until >= Math.max(known, part.first)) {
        return until;
      }
    }
  }
  return known;
}

/** The first of the lines that are equal to the first one of a part. */
async function headOf(
  log: NumberedLog,
  firstRun: number,
  line: NumberedLine,
): Promise<NumberedLine> {
  const from = Math.max(firstRun, log.first);
  const [head] = await log.read(from, { count: 1, maxLength: 0 });
  return head ?? line;
}

/**
 * Lines from a number on. Of lines that are equal apart from their time and follow each other,
 * there is only the first one, also where it is before that number. What it costs doesn't
 * depend on how many there are of them.
 *
 * @param limits.maxLength - characters of text, after which there is no further line
 */
export async function readFolded(
  log: NumberedLog,
  from: number,
  limits: { readonly count: number; readonly maxLength: number },
): Promise<FoldedLine[]> {
  const found: FoldedLine[] = [];
  let [next, length] = [from, 0];
  while (next <= log.last) {
    const part = await log.partAt(next);
    const last = part.first + part.lines - 1;
    const isInside = part.firstRun < part.first;
    for (const run of runsIn(part)) {
      if (run.until >= next) {
        const line =
          isInside && run.line.number === part.first
            ? await headOf(log, part.firstRun, run.line)
            : run.line;
        length += line.text.length;
        const isFull = found.length > 0 && length > limits.maxLength;
        if (found.length >= limits.count || isFull) {
          return found;
        }
        const until =
          run.until === last ? await endOf(log, line.number, last) : run.until;
        found.push(until > line.number ? { ...line, until } : line);
        next = until + 1;
      }
    }
    if (next <= last || part.lines === 0) {
      return found;
    }
  }
  return found;
}
