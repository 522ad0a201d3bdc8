import type { LineEntry } from './LogEntry';

/** A line that is one JSON object. */
export interface JsonLine {
  /** Its time, level and message, with the level in color; absent where it has no message. */
  readonly summary?: string;
  /** Number of the fields that the summary leaves out. */
  readonly others: number;
}

/** Longest line that is read as JSON, in characters. */
const LONGEST = 100_000;
const OBJECT = /^\s*\{.*\}\s*$/s;

/** Names of fields, as loggers for Python, Go and JavaScript write them. */
const MESSAGE = ['message', 'msg', 'event'] as const;
const LEVEL = ['level', 'levelname', 'severity', 'log.level'] as const;
const TIME = ['time', 'timestamp', 'ts', 'asctime', '@timestamp'] as const;

/** Terminal colors of levels. */
const COLORS: readonly (readonly [RegExp, number])[] = [
  [/^(?:fatal|critical|error|severe)$/i, 31],
  [/^warn(?:ing)?$/i, 33],
];

/** pino's and bunyan's numbers for levels. */
const NUMBERED: ReadonlyMap<unknown, string> = new Map([
  [10, 'trace'],
  [20, 'debug'],
  [30, 'info'],
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
]);

/** Numbers above are times in milliseconds since the epoch, not in seconds. */
const MILLISECONDS_FROM = 1e11;
const TIMES_FROM = 1e9;

/** The first of some fields that is a text, or a number. */
function firstOf(
  object: Readonly<Record<string, unknown>>,
  names: readonly string[],
): string | number | undefined {
  return names
    .map(name => object[name])
    .find(value => typeof value === 'string' || typeof value === 'number');
}

/** A time as it stands there, and a number since the epoch as ISO 8601. */
function timeText(value: string | number): string {
  if (typeof value === 'number' && value > TIMES_FROM) {
    const ms = value < MILLISECONDS_FROM ? value * 1_000 : value;
    const time = new Date(ms);
    return Number.isNaN(time.getTime()) ? `${value}` : time.toISOString();
  }
  return `${value}`;
}

function levelText(value: string | number): string {
  const level = `${value}`;
  const color = COLORS.find(([pattern]) => pattern.test(level))?.[1];
  const name = level.toUpperCase();
  return color === undefined ? name : `\u001b[${color}m${name}\u001b[39m`;
}

function summarize(object: Readonly<Record<string, unknown>>): JsonLine {
  const others = Object.keys(object).length;
  const message = firstOf(object, MESSAGE);
  if (typeof message !== 'string' || message === '') {
    return { others };
  }
  const level = NUMBERED.get(object.level) ?? firstOf(object, LEVEL);
  const time = firstOf(object, TIME);
  const parts = [
    time === undefined ? undefined : timeText(time),
    level === undefined ? undefined : levelText(level),
    message.replace(/\r?\n/g, ' ⏎ '),
  ].filter(part => part !== undefined);
  return { summary: parts.join(' '), others: others - parts.length };
}

function parse(text: string): JsonLine | undefined {
  if (text.length > LONGEST || !OBJECT.test(text)) {
    return undefined;
  }
  try {
    return summarize(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const known = new WeakMap<LineEntry, JsonLine | 'other'>();

/** What a line says where it is one JSON object; `undefined` for other lines. */
export function jsonLine(line: LineEntry): JsonLine | undefined {
  const result = known.get(line) ?? parse(line.text) ?? 'other';
  known.set(line, result);
  return result === 'other' ? undefined : result;
}
