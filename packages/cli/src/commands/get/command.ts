import { Option } from 'commander';
import { examples, type AddCommand } from '../../Cli';

export const GET_FORMATS = [
  'table',
  'wide',
  'json',
  'yaml',
  'name',
  'manifest',
] as const;

export interface GetOptions {
  readonly output: (typeof GET_FORMATS)[number];
}

export const addGet: AddCommand = (program, start) => {
  program
    .command('get')
    .description('show jobs by name')
    .argument('<names...>', 'names of jobs')
    .addOption(
      new Option(
        '-o, --output <format>',
        'how to show them; manifest is the RayJob itself',
      )
        .choices(GET_FORMATS)
        .default('table'),
    )
    .addHelpText(
      'after',
      examples(
        ['ml-platform get NAME', 'one line'],
        ['ml-platform get NAME -o json', 'all that is known, for programs'],
        ['ml-platform get NAME -o manifest', 'the YAML of its RayJob'],
      ),
    )
    .action(
      start<GetOptions>(async (cli, options, ...names) => {
        const { runGet } = await import('./runGet');
        await runGet(cli, options, names);
      }),
    );
};
