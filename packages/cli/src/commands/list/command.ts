import { Option } from 'commander';
import { examples, type AddCommand } from '../../Cli';
import { outputOption, type Format } from '../../output/formats';

export interface ListOptions {
  readonly allNamespaces?: boolean;
  readonly state?: readonly string[];
  readonly workload?: readonly string[];
  readonly owner?: readonly string[];
  readonly since?: string;
  readonly sort?: string;
  readonly limit?: string;
  readonly watch?: boolean;
  readonly output: Format;
}

export const addList: AddCommand = (program, start) => {
  program
    .command('list')
    .alias('ls')
    .description('list training jobs, newest first')
    .argument('[words]', 'only jobs that mention these words')
    .option('-A, --all-namespaces', 'of all namespaces')
    .option('--state <states...>', 'only jobs in these states')
    .option('--workload <names...>', 'only runs of these workloads')
    .option('--owner <names...>', "only jobs of these people; 'me' for yours")
    .option('--since <time>', 'only jobs created since, as 2h or a date')
    .addOption(
      new Option(
        '--sort <field>',
        'createdAt, name, state, workload or duration; -name for descending',
      ).default('-createdAt'),
    )
    .option('--limit <number>', 'at most this many jobs')
    .option('-w, --watch', 'keep the list up to date until Ctrl-C')
    .addOption(outputOption())
    .addHelpText(
      'after',
      examples(
        ['ml-platform list', 'jobs of your namespace'],
        ['ml-platform list -A --state running --watch', 'what runs now'],
        ['ml-platform list --owner me --since 1d', 'yours, of the last day'],
        ['ml-platform list -o name | head -1', 'the newest name'],
      ),
    )
    .action(
      start<ListOptions>(async (cli, options, ...words) => {
        const { runList } = await import('./runList');
        await runList(cli, options, words.join(' '));
      }),
    );
};
