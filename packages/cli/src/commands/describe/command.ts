import { examples, type AddCommand } from '../../Cli';
import { outputOption, type Format } from '../../output/formats';

export interface DescribeOptions {
  readonly output: Format;
}

export const addDescribe: AddCommand = (program, start) => {
  program
    .command('describe')
    .description('show all about a job: cause, attempts, pods, events, links')
    .argument('<name>', 'name of the job')
    .addOption(outputOption(['table', 'json', 'yaml']))
    .addHelpText(
      'after',
      examples(['ml-platform describe NAME', 'why it waits, or how it ended']),
    )
    .action(
      start<DescribeOptions>(async (cli, options, name) => {
        const { runDescribe } = await import('./runDescribe');
        await runDescribe(cli, options, name);
      }),
    );
};
