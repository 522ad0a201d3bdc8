import type { LogLevel } from '@ml-platform/backstage-plugin-ray-common';

const WORDS: Readonly<Record<LogLevel, readonly string[]>> = {
  error: ['fatal', 'critical', 'error', 'severe'],
  warning: ['warning', 'warn'],
  info: ['info'],
  debug: ['debug', 'trace'],
};

const WORST_FIRST: readonly LogLevel[] = ['error', 'warning', 'info', 'debug'];

/** By word, by the letter that starts it, and by pino's numbers. */
const LEVELS: ReadonlyMap<string, LogLevel> = new Map([
  ...WORST_FIRST.flatMap(level =>
    WORDS[level].map(word => [word, level] as const),
  ),
  ...Object.entries({ f: 'error', c: 'error', e: 'error' } as const),
  ...Object.entries({ w: 'warning', i: 'info', d: 'debug' } as const),
  ...Object.entries({ 60: 'error', 50: 'error', 40: 'warning' } as const),
  ...Object.entries({ 30: 'info', 20: 'debug', 10: 'debug' } as const),
]);

const ALL = WORST_FIRST.flatMap(level => WORDS[level]);
const UPPER_CASE = ALL.join('|').toUpperCase();
const ANY_CASE = ALL.map(word =>
  word.replace(/\w/g, letter => `[${letter}${letter.toUpperCase()}]`),
).join('|');

const DAY_AND_TIME = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`;
/** Names of the process, as Ray and PyTorch put them before what it writes. */
const PROCESS = String.raw`(?:\([^()]{1,200}\) )?(?:\[rank\d+\]: ?)?`;
/** After `Error:`, what a metric of that name has. */
const DECIMAL = String.raw` *-?\d*\.\d`;

/** What begins a line that has a level. */
const BEGIN = new RegExp(
  `^${PROCESS}(?:${[
    // glog, as Kubernetes, NCCL and PyTorch have it.
    String.raw`\[?([DIWEF])\d{4,8} \d\d:\d\d:\d\d`,
    // Ray's own processes.
    String.raw`\[${DAY_AND_TIME},\d+ ([DIWECF]) \d+ \d+\]`,
    // TensorFlow and XLA.
    String.raw`${DAY_AND_TIME}\.\d+: ([IWEF]) `,
    // The last line of a Python exception, a command or Go that fails.
    String.raw`([\w.]*(?:Error|Exception)(?:\([\w.]+\))?(?=:|\s*$)(?!:${DECIMAL})|KeyboardInterrupt\s*$|(?:fatal )?error:(?!${DECIMAL}) |(?:fatal|panic): )`,
  ].join('|')})`,
);

/** A level, anywhere in a line. */
const NAMED = new RegExp(
  [
    String.raw`\b(${UPPER_CASE})\b`,
    String.raw`\b(?:level|levelname|severity)["']?[=:] ?["']?(${ANY_CASE})\b`,
    String.raw`"level": ?([1-6]0)\b`,
    String.raw`\[(${ANY_CASE})\]`,
    String.raw`\b(Traceback) \(most recent call last\)`,
  ].join('|'),
);

/** A level and all that are more severe. */
export function levelsFrom(level: LogLevel): readonly LogLevel[] {
  return WORST_FIRST.slice(0, WORST_FIRST.indexOf(level) + 1);
}

/**
 * The level that a line names first, as loggers write it; most lines name none. An exception, and
 * a command that says that it failed, is an error.
 */
export function logLevel(text: string): LogLevel | undefined {
  const begin = BEGIN.exec(text);
  if (begin) {
    const [, glog, ray, xla, failure] = begin;
    return failure ? 'error' : LEVELS.get((glog ?? ray ?? xla).toLowerCase());
  }
  const [, word, field, pino, bracket, traceback] = NAMED.exec(text) ?? [];
  return traceback
    ? 'error'
    : LEVELS.get((word ?? field ?? pino ?? bracket ?? '').toLowerCase());
}
