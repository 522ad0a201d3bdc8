import { InvalidArgumentError, Option } from 'commander';
import { examples, type AddCommand } from '../../Cli';

export interface LogsOptions {
  readonly follow?: boolean;
  readonly since?: string;
  readonly until?: string;
  readonly tail?: number;
  readonly timestamps?: boolean;
  readonly source?: string;
  readonly attempt?: number;
  readonly previous?: boolean;
  readonly lines?: LineRange;
  readonly grep?: string;
  readonly ignoreCase?: boolean;
  readonly level?: 'error' | 'warning' | 'info' | 'debug';
  readonly orWorse?: boolean;
}

/** Numbers of lines, from 1, both included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

function count(text: string): number {
  if (!/^\d{1,7}$/.test(text)) {
    throw new InvalidArgumentError('Give a whole number.');
  }
  return Number(text);
}

function lineRange(text: string): LineRange {
  const [, first, dash, last] = /^(\d{1,12})(-)?(\d{1,12})?$/.exec(text) ?? [];
  const from = Number(first);
  const open = dash ? Infinity : from;
  const to = last === undefined ? open : Number(last);
  if (!(from >= 1 && to >= from) || (last !== undefined && !dash)) {
    throw new InvalidArgumentError(
      'Give numbers, as 1000-1200, 1000- or 1000.',
    );
  }
  return { from, to };
}

/** They begin at a place of their own, or don't end. */
const STREAMED = ['follow', 'since', 'until', 'tail', 'previous'];

export const addLogs: AddCommand = (program, start) => {
  program
    .command('logs')
    .description('print the log of a job')
    .argument('<name>', 'name of the job')
    .option('-f, --follow', 'keep printing until the job has ended')
    .option('--since <time>', 'only lines since, as 10m or a date')
    .addOption(
      new Option(
        '--until <time>',
        'only lines before, as 5m or a date',
      ).conflicts(['follow', 'tail']),
    )
    .option('--tail <lines>', 'only so many lines from the end', count)
    .option('--timestamps', 'with the time of each line')
    .option('--source <log>', 'driver, head, worker/N or all', 'driver')
    .option('--attempt <number>', 'the log of that attempt', count)
    .option('-p, --previous', 'of the container before its last restart')
    .addOption(
      new Option(
        '--lines <range>',
        'lines by their numbers, through the portal',
      )
        .argParser(lineRange)
        .conflicts([...STREAMED, 'grep', 'level']),
    )
    .addOption(
      new Option(
        '--grep <pattern>',
        'lines that match a regular expression in their first 2,500 characters or so, through the portal',
      ).conflicts(STREAMED),
    )
    .option('-i, --ignore-case', 'with --grep, whatever the case')
    .addOption(
      new Option(
        '--level <level>',
        'lines that name a level, through the portal',
      )
        .choices(['error', 'warning', 'info', 'debug'])
        .conflicts(STREAMED),
    )
    .option('--or-worse', 'with --level, also lines that name a worse one')
    .addHelpText(
      'after',
      examples(
        ['ml-platform logs -f NAME', 'follow it; waits for a job to start'],
        ['ml-platform logs NAME --source all -f', 'all containers, by time'],
        ['ml-platform logs NAME --tail 100', 'the last lines'],
        ['ml-platform logs NAME --attempt 1', 'of the first attempt'],
        ['ml-platform logs NAME --lines 1000-1200', 'these lines'],
        ['ml-platform logs NAME --grep "loss=nan"', 'lines with it, numbered'],
        ['ml-platform logs NAME --level warning --or-worse', 'and errors'],
      ),
    )
    .action(
      start<LogsOptions>(async (cli, options, name) => {
        const { runLogs } = await import('./runLogs');
        await runLogs(cli, options, name);
      }),
    );
};
