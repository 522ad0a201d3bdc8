import { InputError, isError } from '@backstage/errors';
import { writeManifest } from '@ml-platform/rayjob';
import { JobHandle, type JobChange, type Platform } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { writeValue } from '../../output/formats';
import { write } from '../../output/write';
import { plain } from '../../terminal/plain';
import { printLog } from '../logs/runLogs';
import type { SubmitOptions } from './command';
import { newJob } from './newJob';

async function printChange(
  { io }: Cli,
  change: JobChange,
  output: SubmitOptions['output'],
): Promise<void> {
  if (output === 'name') {
    await write(io.stdout, `${change.job.name}\n`);
  } else {
    await writeValue(io, change, output);
  }
}

/** Prints the log as `logs -f` does. What goes wrong with it isn't the job's end. */
async function followLog(
  cli: Cli,
  platform: Platform,
  handle: JobHandle,
): Promise<void> {
  const { signal } = cli.io;
  const job = await handle.status({ signal });
  try {
    await printLog(cli, platform, job, { follow: true });
  } catch (error) {
    signal.throwIfAborted();
    const why = isError(error) ? error.message : String(error);
    cli.say(plain(`The log ends here: ${why}`));
  }
}

/** Starts a job, and follows it as far as the options say. */
export async function runSubmit(
  cli: Cli,
  options: SubmitOptions,
  what: string | undefined,
): Promise<void> {
  const { io } = cli;
  const { signal } = io;
  const { pullRequest, follow, wait, output } = options;
  const opened = await cli.open();
  const { platform, settings } = opened;
  const job = await newJob(cli, opened, options, what);
  if (options.dryRun) {
    await (output === 'json'
      ? writeValue(io, job, 'json')
      : write(io.stdout, writeManifest(job)));
    return;
  }
  if (pullRequest && (follow || wait)) {
    throw new InputError(
      'A job that waits to be merged has no end to wait for; leave out --follow and --wait',
    );
  }
  const change = pullRequest
    ? await platform.propose({ job }, { signal })
    : await platform.submit({ job }, { signal });
  const { name } = change.job;
  await printChange(cli, change, output);
  const handle = new JobHandle(platform, change);
  if (change.via === 'git') {
    cli.say(`Merge the pull request to start it: ${change.pullRequestUrl}`);
  }
  if (settings.portal) {
    const path = [change.job.cluster, change.job.namespace, name]
      .map(encodeURIComponent)
      .join('/');
    cli.say(`Portal: ${new URL(`/ray/jobs/${path}`, settings.portal).href}`);
  }
  if (!follow && !wait) {
    cli.say(
      change.via === 'git'
        ? `Then follow it with: ml-platform logs -f ${name}`
        : `Follow it with: ml-platform logs -f ${name}`,
    );
    return;
  }
  cli.onInterrupt(`${name} continues. Stop it with: ml-platform stop ${name}`);
  if (follow) {
    await followLog(cli, platform, handle);
  }
  const end = await handle.wait({ signal });
  cli.say(`${end.name} has succeeded`);
}
