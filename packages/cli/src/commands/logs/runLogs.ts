import { NotFoundError } from '@backstage/errors';
import { isTerminal, type JobSummary } from '@ml-platform/rayjob';
import type { JobLogEnd, Platform } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { findJob, isNotFound } from '../../jobs/findJob';
import { parseSince } from '../../output/time';
import type { LogsOptions } from './command';
import { logPrinter } from './logPrinter';
import { logSourceOf } from './logSourceOf';

/** Comes before each time of that moment, however many digits it has. */
const timePrefix = (time: Date) => time.toISOString().replace('Z', '');

/** Reads a log to its end, and prints it. */
export async function printLog(
  cli: Cli,
  platform: Platform,
  job: JobSummary,
  options: LogsOptions,
): Promise<JobLogEnd> {
  const { signal, now } = cli.io;
  const { source, attempt, follow, previous, tail } = options;
  const byPod = source !== undefined && /^(head|worker)/.test(source);
  const detail = byPod
    ? await platform.getJob(job, { signal })
    : { summary: job, pods: [] };
  const print = logPrinter(cli, {
    timestamps: options.timestamps,
    since: options.since && timePrefix(parseSince(options.since, now())),
  });
  const log = platform.readLog(job, {
    signal,
    source: logSourceOf(detail, source, attempt),
    follow,
    previous,
    tail,
  });
  let next = await log.next();
  for (; !next.done; next = await log.next()) {
    await print(next.value);
  }
  return next.value;
}

const NOT_STARTED =
  'There is no log so far; add -f to wait for it, or ask ml-platform describe why';

/**
 * Says why a log ended, where that isn't plain.
 * @throws {NotFoundError} when a job that has ended has no log
 */
function sayEnd(cli: Cli, job: JobSummary, { reason, message }: JobLogEnd) {
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
  cli.say(message ?? NOT_STARTED);
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
  sayEnd(cli, job, await printLog(cli, platform, job, options));
}

/** Prints a log: from the cluster, or what the portal keeps of it. */
export async function runLogs(
  cli: Cli,
  options: LogsOptions,
  name: string,
): Promise<void> {
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
