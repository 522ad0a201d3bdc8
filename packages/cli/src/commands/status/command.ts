import { examples, type AddCommand } from '../../Cli';
import { outputOption, type Format } from '../../output/formats';

export interface StatusOptions {
  readonly watch?: boolean;
  readonly output: Format;
}

export const addStatus: AddCommand = (program, start) => {
  program
    .command('status')
    .description('show how clusters, queues, Argo CD and the portal are')
    .option('-w, --watch', 'keep it up to date until Ctrl-C')
    .addOption(outputOption(['table', 'json', 'yaml']))
    .addHelpText(
      'after',
      examples(
        ['ml-platform status', 'exit status 1 where something is wrong'],
        ['ml-platform status --watch', 'every few seconds'],
        ['ml-platform status -o json', 'for a program'],
      ),
    )
    .action(
      start<StatusOptions>(async (cli, options) => {
        const { runStatus } = await import('./runStatus');
        await runStatus(cli, options);
      }),
    );
};
