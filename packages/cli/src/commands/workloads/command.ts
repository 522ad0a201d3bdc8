import { examples, type AddCommand } from '../../Cli';
import { outputOption, type Format } from '../../output/formats';

export interface WorkloadsOptions {
  readonly output: Format;
}

export const addWorkloads: AddCommand = (program, start) => {
  program
    .command('workloads')
    .description('list the workloads of this checkout')
    .addOption(outputOption())
    .addHelpText(
      'after',
      examples(
        ['ml-platform workloads', 'what can be built'],
        ['ml-platform workloads -o wide', 'with entrypoints and folders'],
      ),
    )
    .action(
      start<WorkloadsOptions>(async (cli, options) => {
        const { runWorkloads } = await import('./runWorkloads');
        await runWorkloads(cli, options);
      }),
    );
};
