import type { ClusterAnswer, OpenedPlatform } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { EXIT } from '../../exitCodes';
import { writeValue } from '../../output/formats';
import { write, writeAll } from '../../output/write';
import { inSmallHeap } from '../../terminal/inSmallHeap';
import type { ListOptions } from './command';
import { arrange, jobFilter } from './jobFilter';

/** What the options say of the table. */
export function tableOptions({ output, allNamespaces }: ListOptions) {
  return { wide: output === 'wide', places: allNamespaces === true };
}

function warn(cli: Cli, clusters: readonly ClusterAnswer[]): void {
  for (const { name, ok, error } of clusters) {
    if (!ok) {
      cli.say(`Jobs of ${name} may be missing: ${error ?? 'no answer'}`);
      cli.exit(EXIT.unreachable);
    }
  }
}

function sayEmpty(
  cli: Cli,
  options: ListOptions,
  { namespace }: OpenedPlatform,
): void {
  cli.say(
    options.allNamespaces || !namespace
      ? "No jobs; start one with 'ml-platform submit'"
      : `No jobs in the namespace ${namespace}; use -A for all namespaces`,
  );
}

export async function runList(
  cli: Cli,
  options: ListOptions,
  words: string,
): Promise<void> {
  const { io } = cli;
  const opened = await cli.open();
  const filter = jobFilter(options, words, opened);
  if (options.watch) {
    const { watchList } = await import('./watchList');
    await watchList(cli, options, opened, filter);
    return;
  }
  const listing = opened.platform.listJobs(filter, { signal: io.signal });
  // Loaded while the cluster answers.
  const [{ jobTable }, { items, clusters }] = await Promise.all([
    import('./jobTable'),
    inSmallHeap(listing),
  ]);
  const jobs = arrange(items, options, io.now());
  switch (options.output) {
    case 'json':
    case 'yaml':
      await writeValue(io, jobs, options.output);
      break;
    case 'name':
      await write(io.stdout, jobs.map(({ name }) => `${name}\n`).join(''));
      break;
    default:
      if (jobs.length === 0) {
        sayEmpty(cli, options, opened);
      } else {
        await writeAll(io.stdout, jobTable(jobs, io, tableOptions(options)));
      }
  }
  warn(cli, clusters);
}
