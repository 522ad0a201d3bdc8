import { examples, type AddCommand } from '../../Cli';

export const addRetry: AddCommand = (program, start) => {
  program
    .command('retry')
    .description('run a job again, under a new name')
    .argument('<name>', 'name of the job')
    .addHelpText(
      'after',
      examples(['ml-platform retry NAME', 'prints the name of the new run']),
    )
    .action(
      start(async (cli, _, name) => {
        const { runRetry } = await import('./runRetry');
        await runRetry(cli, name);
      }),
    );
};
