import { createWriteStream, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '@ml-platform/kube';

const KEPT_BYTES = 10 * 1024 * 1024;

/** A log file below `.local/logs`; one older file is kept when it grows past 10 MiB. */
export function openLogFile(logsDir: string, part: string) {
  const file = join(logsDir, `${part}.log`);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > KEPT_BYTES) renameSync(file, `${file}.1`);
  return createWriteStream(file, { flags: 'a' });
}

/** A logger that writes to `.local/logs/<part>.log`, a line an entry. */
export function fileLogger(logsDir: string, part: string): Logger {
  const stream = openLogFile(logsDir, part);
  const write =
    (level: string) => (message: string, meta?: Record<string, unknown>) => {
      const details = meta ? ` ${JSON.stringify(meta)}` : '';
      stream.write(
        `${new Date().toISOString()} ${level} ${message}${details}\n`,
      );
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}
