import { examples, type AddCommand } from '../../Cli';
import { outputOption, type Format } from '../../output/formats';

export interface WorkloadsOptions {
  readonly output: Format;
}

export const addWorkloads: AddCommand = (program, start) => {
  program
    .command('workloads')
    .description('list the workloads of this checkout, or what one takes')
    .argument('[name]', 'a workload, for its parameters')
    .addOption(outputOption())
    .addHelpText(
      'after',
      examples(
        ['ml-platform workloads', 'what can be built'],
        ['ml-platform workloads -o wide', 'with entrypoints and folders'],
        ['ml-platform workloads hello-ray', 'parameters for submit --param'],
      ),
    )
    .action(
      start<WorkloadsOptions>(async (cli, options, name) => {
        if (name !== undefined) {
          const { runParameters } = await import('./runParameters');
          await runParameters(cli, options, name);
          return;
        }
        const { runWorkloads } = await import('./runWorkloads');
        await runWorkloads(cli, options);
      }),
    );
};
