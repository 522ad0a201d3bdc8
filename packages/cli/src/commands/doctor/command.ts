import { examples, type AddCommand } from '../../Cli';
import { outputOption, type Format } from '../../output/formats';

export interface DoctorOptions {
  readonly output: Format;
}

export const addDoctor: AddCommand = (program, start) => {
  program
    .command('doctor')
    .description('check each link to the platform, and say what to do')
    .addOption(outputOption(['table', 'json', 'yaml']))
    .addHelpText(
      'after',
      examples(
        ['ml-platform doctor', 'exit status 1 where a check fails'],
        ['ml-platform doctor --context test', 'with another cluster'],
      ),
    )
    .action(
      start<DoctorOptions>(async (cli, options) => {
        const { runDoctorCommand } = await import('./runDoctorCommand');
        await runDoctorCommand(cli, options);
      }),
    );
};
