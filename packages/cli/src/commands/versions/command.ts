import { examples, type AddCommand } from '../../Cli';
import { outputOption, type Format } from '../../output/formats';

export interface VersionsOptions {
  readonly output: Format;
}

export const addVersions: AddCommand = (program, start) => {
  program
    .command('versions')
    .description("list the versions of a workload's image, newest first")
    .argument('<workload>', 'name of a workload')
    .addOption(outputOption())
    .addHelpText(
      'after',
      examples(
        ['ml-platform versions hello-ray', 'what can be submitted'],
        ['ml-platform versions hello-ray -o name | head -1', 'the newest'],
      ),
    )
    .action(
      start<VersionsOptions>(async (cli, options, workload) => {
        const { runVersions } = await import('./runVersions');
        await runVersions(cli, options, workload);
      }),
    );
};
