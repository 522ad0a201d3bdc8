import type { Cli } from '../../Cli';
import { findJob } from '../../jobs/findJob';
import { writeValue } from '../../output/formats';
import { write } from '../../output/write';
import type { DescribeOptions } from './command';
import { describeText } from './describeText';

export async function runDescribe(
  cli: Cli,
  { output }: DescribeOptions,
  name: string,
): Promise<void> {
  const { io } = cli;
  const { settings } = await cli.open();
  const { job, platform } = await findJob(cli, name);
  const { signal } = io;
  const [detail, events] = await Promise.all([
    platform.getJob(job, { signal }),
    // Events are gone after an hour anyway; the rest is worth showing without.
    platform.jobEvents(job, { signal }).catch(() => []),
  ]);
  if (output === 'json' || output === 'yaml') {
    await writeValue(io, { ...detail, events }, output);
  } else {
    await write(io.stdout, describeText(detail, events, settings, io));
  }
}
