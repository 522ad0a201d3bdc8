import { runDoctor } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { EXIT } from '../../exitCodes';
import { adviceLines, checkTable } from '../../output/checkTable';
import { writeValue } from '../../output/formats';
import { write } from '../../output/write';
import type { DoctorOptions } from './command';

export async function runDoctorCommand(
  { io, given, exit }: Cli,
  { output }: DoctorOptions,
): Promise<void> {
  const { cwd, env, signal } = io;
  const checks = await runDoctor(given, { cwd, env, signal });
  signal.throwIfAborted();
  if (output === 'json' || output === 'yaml') {
    await writeValue(io, checks, output);
  } else {
    const advice = checks.flatMap(({ part, remedy }) =>
      remedy === undefined ? [] : [{ part, message: `${remedy}.` }],
    );
    await write(
      io.stdout,
      `${checkTable(checks, io)}${adviceLines(advice, io)}`,
    );
  }
  if (checks.some(({ result }) => result === 'fail')) {
    exit(EXIT.failed);
  }
}
