import type { LogLevel } from '@ml-platform/backstage-plugin-ray-common';

const LEVELS: ReadonlyMap<string, LogLevel> = new Map([
  ['fatal', 'error'],
  ['critical', 'error'],
  ['error', 'error'],
  ['severe', 'error'],
  ['traceback', 'error'],
  ['warning', 'warning'],
  ['warn', 'warning'],
  ['info', 'info'],
  ['debug', 'debug'],
  ['trace', 'debug'],
]);

const WORD =
  /\b(FATAL|CRITICAL|ERROR|SEVERE|WARNING|WARN|INFO|DEBUG|TRACE)\b|\b(Traceback) \(most recent call last\)|\b(?:level|levelname|severity)["']?[=:] ?["']?(fatal|critical|error|warning|warn|info|debug|trace)\b/;

const WORST_FIRST: readonly LogLevel[] = ['error', 'warning', 'info', 'debug'];

/** A level and all that are more severe. */
export function levelsFrom(level: LogLevel): readonly LogLevel[] {
  return WORST_FIRST.slice(0, WORST_FIRST.indexOf(level) + 1);
}

/** The level that a line names first, as loggers write it; most lines name none. */
export function logLevel(text: string): LogLevel | undefined {
  const [, word, traceback, field] = WORD.exec(text) ?? [];
  return LEVELS.get((word ?? traceback ?? field ?? '').toLowerCase());
}
