import { InvalidArgumentError } from 'commander';
import { examples, type AddCommand } from '../../Cli';

export interface LogsOptions {
  readonly follow?: boolean;
  readonly since?: string;
  readonly tail?: number;
  readonly timestamps?: boolean;
  readonly source?: string;
  readonly attempt?: number;
  readonly previous?: boolean;
}

function count(text: string): number {
  if (!/^\d{1,7}$/.test(text)) {
    throw new InvalidArgumentError('Give a whole number.');
  }
  return Number(text);
}

export const addLogs: AddCommand = (program, start) => {
  program
    .command('logs')
    .description('print the log of a job')
    .argument('<name>', 'name of the job')
    .option('-f, --follow', 'keep printing until the job has ended')
    .option('--since <time>', 'only lines since, as 10m or a date')
    .option('--tail <lines>', 'only so many lines from the end', count)
    .option('--timestamps', 'with the time of each line')
    .option('--source <log>', 'driver, head, worker/N or all', 'driver')
    .option('--attempt <number>', 'the log of that attempt', count)
    .option('-p, --previous', 'of the container before its last restart')
    .addHelpText(
      'after',
      examples(
        ['ml-platform logs -f NAME', 'follow it; waits for a job to start'],
        ['ml-platform logs NAME --source all -f', 'all containers, by time'],
        ['ml-platform logs NAME --tail 100', 'the last lines'],
        ['ml-platform logs NAME --attempt 1', 'of the first attempt'],
      ),
    )
    .action(
      start<LogsOptions>(async (cli, options, name) => {
        const { runLogs } = await import('./runLogs');
        await runLogs(cli, options, name);
      }),
    );
};
