import { setTimeout } from 'node:timers/promises';
import { jobId, type JobFilter, type JobSummary } from '@ml-platform/rayjob';
import type { JobListChange, OpenedPlatform } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { write } from '../../output/write';
import { Screen } from '../../terminal/Screen';
import type { ListOptions } from './command';
import { arrange } from './jobFilter';
import { jobTable } from './jobTable';
import { tableOptions } from './runList';

/** Milliseconds between two drawings: durations tick. */
const TICK = 1_000;

/** Each change as one line of JSON. */
async function writeChanges(
  { io }: Cli,
  changes: AsyncIterable<JobListChange>,
): Promise<void> {
  for await (const change of changes) {
    await write(io.stdout, `${JSON.stringify(change)}\n`);
  }
}

/** Keeps the table on a terminal up to date; elsewhere prints rows that change. */
export async function watchList(
  cli: Cli,
  options: ListOptions,
  { platform }: OpenedPlatform,
  filter: JobFilter,
): Promise<void> {
  const { io } = cli;
  const changes = platform.watchJobs(filter, { signal: io.signal });
  if (options.output === 'json' || options.output === 'yaml') {
    await writeChanges(cli, changes);
    return;
  }
  const rows = new Map<string, JobSummary>();
  const screen = new Screen(io);
  let known = false;
  const text = (jobs: Iterable<JobSummary>) =>
    [
      ...jobTable(
        arrange([...jobs], options, io.now()),
        io,
        tableOptions(options),
      ),
    ].join('');
  const draw = () => {
    if (known) {
      screen.draw(rows.size > 0 ? text(rows.values()) : 'No jobs so far\n');
    }
  };
  const over = new AbortController();
  const tick = async () => {
    while (!over.signal.aborted) {
      draw();
      await setTimeout(TICK, undefined, { signal: over.signal }).catch(
        () => {},
      );
    }
  };
  const ticking = io.stdout.isTTY ? tick() : undefined;
  try {
    for await (const change of changes) {
      if (change.type === 'snapshot') {
        known = true;
        rows.clear();
        change.list.items.forEach(job => rows.set(jobId(job), job));
      } else if (change.type === 'upsert') {
        rows.set(jobId(change.job), change.job);
      } else if (change.type === 'remove') {
        rows.delete(jobId(change.job));
      } else {
        change.clusters
          .filter(({ ok }) => !ok)
          .forEach(({ name, error }) => cli.say(`${name}: ${error ?? ''}`));
      }
      if (!io.stdout.isTTY || change.type === 'snapshot') {
        const shown =
          change.type === 'upsert' ? [change.job] : [...rows.values()];
        if (io.stdout.isTTY) {
          draw();
        } else if (change.type === 'snapshot' || change.type === 'upsert') {
          await write(io.stdout, text(shown));
        }
      }
    }
  } finally {
    over.abort();
    await ticking;
    screen.end();
  }
}
