import { InvalidArgumentError, Option } from 'commander';
import { examples, type AddCommand } from '../../Cli';
import { outputOption } from '../../output/formats';

/** As Cloud Storage calls them. */
const STORAGE_CLASSES = ['STANDARD', 'NEARLINE', 'COLDLINE', 'ARCHIVE'];

export interface CreateWorkloadOptions {
  readonly title?: string;
  readonly description: string;
  readonly owner?: string;
  readonly bucket?: boolean;
  readonly storageClass: string;
  readonly deleteAfter?: number;
  readonly versioning: boolean;
  readonly output: 'table' | 'json' | 'yaml' | 'name';
}

function days(text: string): number {
  if (!/^\d{1,4}$/.test(text)) {
    throw new InvalidArgumentError('Give a whole number of days.');
  }
  return Number(text);
}

export const addCreateWorkload: AddCommand = (program, start) => {
  program
    .command('create-workload')
    .description('propose a new workload, by a pull request of the portal')
    .argument('<name>', 'name of the folder, the image and the jobs')
    .requiredOption('--description <text>', 'what it trains, in one sentence')
    .option('--title <text>', 'name that people see; by default from the name')
    .option('--owner <group>', 'group or user that owns it')
    .option('--bucket', "with a bucket that only this workload's jobs can use")
    .addOption(
      new Option('--storage-class <class>', 'of the bucket')
        .choices(STORAGE_CLASSES)
        .default(STORAGE_CLASSES[0]),
    )
    .option(
      '--delete-after <days>',
      'delete what has been in the bucket for so long',
      days,
    )
    .option(
      '--no-versioning',
      "don't keep what is replaced or deleted in the bucket for 30 days",
    )
    .addOption(outputOption(['table', 'json', 'yaml', 'name']))
    .addHelpText(
      'after',
      examples(
        [
          'ml-platform create-workload galaxies --description "Sorts galaxies."',
          'the folder with its files',
        ],
        [
          'ml-platform create-workload galaxies --description … --bucket -n training',
          'and a bucket for jobs in training',
        ],
      ),
    )
    .action(
      start<CreateWorkloadOptions>(async (cli, options, name) => {
        const { runCreateWorkload } = await import('./runCreateWorkload');
        await runCreateWorkload(cli, options, name);
      }),
    );
};
