import type { Cli } from '../../Cli';
import { findJob } from '../../jobs/findJob';
import { sayChange } from '../../jobs/sayChange';

export async function runRetry(cli: Cli, name: string): Promise<void> {
  const { job, platform } = await findJob(cli, name);
  const change = await platform.retry(job, { signal: cli.io.signal });
  await sayChange(
    cli,
    change,
    `Started. Follow it with: ml-platform logs -f ${change.job.name}`,
    `${name} comes from git, so its new run does too.`,
  );
}
