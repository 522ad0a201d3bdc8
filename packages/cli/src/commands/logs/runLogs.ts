import { InputError, NotFoundError } from '@backstage/errors';
import { isTerminal, type JobSummary } from '@ml-platform/rayjob';
import type { JobLogEnd, Platform } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { findJob, isNotFound } from '../../jobs/findJob';
import { parseSince } from '../../output/time';
import { inSmallHeap } from '../../terminal/inSmallHeap';
import type { LogsOptions } from './command';
import { logPrinter } from './logPrinter';
import { logSourceOf } from './logSourceOf';
import { printNumbered } from './printNumbered';

/** Comes before each time of that moment, however many digits it has. */
const timePrefix = (time: Date) => time.toISOString().replace('Z', '');

/** Id of the log that the options name; of pods only where they are needed. */
async function sourceOf(
  cli: Cli,
  platform: Platform,
  job: JobSummary,
  { source, attempt }: LogsOptions,
): Promise<string> {
  const { signal } = cli.io;
  const byPod = source !== undefined && /^(head|worker)/.test(source);
  const detail = byPod
    ? await platform.getJob(job, { signal })
    : { summary: job, pods: [] };
  return logSourceOf(detail, source, attempt);
}

/** Reads a log to its end, and prints it. */
async function readLog(
  cli: Cli,
  platform: Platform,
  job: JobSummary,
  options: LogsOptions,
): Promise<JobLogEnd> {
  const { signal, now } = cli.io;
  const { follow, previous, tail } = options;
  const timeOf = (text: string | undefined) =>
    text && timePrefix(parseSince(text, now()));
  const source = await sourceOf(cli, platform, job, options);
  const print = logPrinter(cli, {
    timestamps: options.timestamps,
    since: timeOf(options.since),
    until: timeOf(options.until),
  });
  const log = platform.readLog(job, {
    signal,
    source,
    follow,
    previous,
    tail,
  });
  const printAll = async () => {
    let next = await log.next();
    for (; !next.done; next = await log.next()) {
      await print(next.value);
    }
    return next.value;
  };
  return inSmallHeap(printAll());
}

const NOT_STARTED =
  'There is no log so far; add -f to wait for it, or ask ml-platform describe why';

/**
 * Prints a log to its end, and says why it ended, where that isn't plain.
 *
 * @throws {NotFoundError} when a job that has ended has no log
 */
export async function printLog(
  cli: Cli,
  platform: Platform,
  job: JobSummary,
  options: LogsOptions,
): Promise<void> {
  const { reason, message } = await readLog(cli, platform, job, options);
  if (reason === 'completed') {
    return;
  }
  if (reason === 'error') {
    throw new Error(message ?? "Couldn't read the rest of the log");
  }
  if (reason === 'deleted') {
    cli.say('The job, or the rest of its log, was deleted');
    return;
  }
  if (isTerminal(job.state)) {
    throw new NotFoundError(
      message ??
        `There is no log of ${job.name} any more: it went with its pods. The portal keeps logs: ml-platform logs ${job.name} --portal URL`,
    );
  }
  const ended = `${job.name} has ended, and has no log; ask ml-platform describe why`;
  cli.say(message ?? (options.follow ? ended : NOT_STARTED));
}

async function readFrom(
  cli: Cli,
  options: LogsOptions,
  name: string,
): Promise<void> {
  const { job, platform } = await findJob(cli, name);
  cli.onInterrupt(
    isTerminal(job.state)
      ? ''
      : `${name} continues. Stop it with: ml-platform stop ${name}`,
  );
  await printLog(cli, platform, job, options);
}

/** Prints lines that the portal numbers, of the job that the portal knows. */
async function readNumbered(
  cli: Cli,
  options: LogsOptions,
  name: string,
): Promise<void> {
  const { settings } = await cli.open();
  const portal = settings.via === 'portal' ? cli : await cli.openPortal();
  if (!portal) {
    throw new InputError(
      'The portal numbers and searches the lines of logs; say where it is with --portal URL',
    );
  }
  const { job, platform } = await findJob(portal, name);
  const source = await sourceOf(cli, platform, job, options);
  await printNumbered(cli, platform, job, { ...options, source });
}

/** @throws {InputError} for an option without the one that it is about */
function checkOptions({ grep, ignoreCase, level, orWorse }: LogsOptions): void {
  if (ignoreCase && grep === undefined) {
    throw new InputError('--ignore-case needs --grep');
  }
  if (orWorse && level === undefined) {
    throw new InputError('--or-worse needs --level');
  }
}

/** Prints a log: from the cluster, or what the portal keeps of it. */
export async function runLogs(
  cli: Cli,
  options: LogsOptions,
  name: string,
): Promise<void> {
  checkOptions(options);
  if (options.lines ?? options.grep ?? options.level) {
    await readNumbered(cli, options, name);
    return;
  }
  try {
    await readFrom(cli, options, name);
  } catch (error) {
    const portal = isNotFound(error) && (await cli.openPortal());
    if (!portal) {
      throw error;
    }
    await readFrom(portal, options, name).catch(other => {
      // The portal may know even less, or be away.
      throw isNotFound(other) ? other : error;
    });
  }
}
