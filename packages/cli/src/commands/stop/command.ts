import { examples, type AddCommand } from '../../Cli';

export interface StopOptions {
  readonly yes?: boolean;
}

export const addStop: AddCommand = (program, start) => {
  program
    .command('stop')
    .description('stop jobs and keep their records')
    .argument('<names...>', 'names of jobs')
    .option('-y, --yes', "don't ask")
    .addHelpText(
      'after',
      examples(
        ['ml-platform stop NAME', 'asks first'],
        ['ml-platform stop NAME --yes', 'in a script'],
      ),
    )
    .action(
      start<StopOptions>(async (cli, options, ...names) => {
        const { runStop } = await import('./runStop');
        await runStop(cli, options, names);
      }),
    );
};
