import { examples, type AddCommand } from '../../Cli';

export interface OpenOptions {
  readonly print?: boolean;
}

export const addOpen: AddCommand = (program, start) => {
  program
    .command('open')
    .description("open a job's page in the portal, or the portal")
    .argument('[name]', 'name of the job')
    .option('--print', 'print the address, open nothing')
    .addHelpText(
      'after',
      examples(
        ['ml-platform open NAME', 'the page of a job'],
        ['ml-platform open', 'the list of jobs'],
      ),
    )
    .action(
      start<OpenOptions>(async (cli, options, name) => {
        const { runOpen } = await import('./runOpen');
        await runOpen(cli, options, name);
      }),
    );
};
