import { isTerminal } from '@ml-platform/rayjob';
import type { Cli } from '../../Cli';
import { findJob } from '../../jobs/findJob';
import { sayChange } from '../../jobs/sayChange';
import { requireYes } from '../../terminal/requireYes';
import type { DeleteOptions } from './command';

export async function runDelete(
  cli: Cli,
  { yes }: DeleteOptions,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const { job, platform } = await findJob(cli, name);
    const what = isTerminal(job.state)
      ? `Delete ${name} with its log?`
      : `Delete ${name}, which is ${job.state}, with its log?`;
    await requireYes(cli.io, what, yes);
    const change = await platform.delete(job, { signal: cli.io.signal });
    await sayChange(
      cli,
      change,
      `${name} is deleted.`,
      `${name} comes from git, so git has to delete it.`,
    );
  }
}
