import { statusFaults, type PlatformStatus } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { EXIT } from '../../exitCodes';
import { adviceLines, checkTable } from '../../output/checkTable';
import { writeValue } from '../../output/formats';
import { write } from '../../output/write';
import type { StatusOptions } from './command';
import { statusRows } from './statusRows';

/** The table, and below it each fault in a sentence. */
export function statusText(status: PlatformStatus, { io }: Pick<Cli, 'io'>) {
  return `${checkTable(statusRows(status), io)}${adviceLines(
    statusFaults(status),
    io,
  )}`;
}

export async function runStatus(
  cli: Cli,
  options: StatusOptions,
): Promise<void> {
  const { io } = cli;
  const { platform } = await cli.open();
  if (options.watch) {
    const { watchStatus } = await import('./watchStatus');
    await watchStatus(cli, options, platform);
    return;
  }
  const status = await platform.status({ signal: io.signal });
  io.signal.throwIfAborted();
  const faults = statusFaults(status);
  if (options.output === 'json' || options.output === 'yaml') {
    await writeValue(io, { ...status, faults }, options.output);
  } else {
    await write(io.stdout, statusText(status, cli));
  }
  if (faults.length > 0) {
    cli.exit(EXIT.failed);
  }
}
