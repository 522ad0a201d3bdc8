import { examples, type AddCommand } from '../../Cli';

export interface DeleteOptions {
  readonly yes?: boolean;
}

export const addDelete: AddCommand = (program, start) => {
  program
    .command('delete')
    .alias('rm')
    .description('delete jobs with everything that belongs to them')
    .argument('<names...>', 'names of jobs')
    .option('-y, --yes', "don't ask")
    .addHelpText(
      'after',
      examples(
        ['ml-platform delete NAME', 'asks first'],
        ['ml-platform delete NAME --yes', 'in a script'],
      ),
    )
    .action(
      start<DeleteOptions>(async (cli, options, ...names) => {
        const { runDelete } = await import('./runDelete');
        await runDelete(cli, options, names);
      }),
    );
};
