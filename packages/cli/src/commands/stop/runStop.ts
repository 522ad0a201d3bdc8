import type { Cli } from '../../Cli';
import { findJob } from '../../jobs/findJob';
import { sayChange } from '../../jobs/sayChange';
import { requireYes } from '../../terminal/requireYes';
import type { StopOptions } from './command';

export async function runStop(
  cli: Cli,
  { yes }: StopOptions,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const { job, platform } = await findJob(cli, name);
    await requireYes(cli.io, `Stop ${name}, which is ${job.state}?`, yes);
    const change = await platform.stop(job, { signal: cli.io.signal });
    await sayChange(
      cli,
      change,
      `${name} stops. Its record and its log stay.`,
      `${name} comes from git, so git has to stop it.`,
    );
  }
}
