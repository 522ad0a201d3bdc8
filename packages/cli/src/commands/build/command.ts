import type { BuilderType } from '@ml-platform/sdk';
import { Option } from 'commander';
import { examples, type AddCommand } from '../../Cli';
import { outputOption, type Format } from '../../output/formats';

export interface BuildCommandOptions {
  readonly contextDir?: string;
  readonly dockerfile?: string;
  readonly push: boolean;
  readonly detach: boolean;
  readonly cancel?: string;
  readonly platform?: string;
  readonly builder?: BuilderType;
  readonly progress: 'auto' | 'plain';
  readonly output: Format;
}

const BUILDERS: readonly BuilderType[] = [
  'docker',
  'podman',
  'buildah',
  'kubernetes',
  'service',
  'portal',
];

export const addBuild: AddCommand = (program, start) => {
  program
    .command('build')
    .description("build the image of a workload's version and push it")
    .argument('[workload]', 'name of a workload in this checkout')
    .argument('[version]', 'version of the image, which never changes')
    .option(
      '--context-dir <folder>',
      "folder to build; default: the workload's",
    )
    .option('--dockerfile <file>', 'Dockerfile in the folder', 'Dockerfile')
    .option('--no-push', 'leave the image on this machine')
    .option(
      '--detach',
      'return once the build has begun, where it goes on without this command',
      false,
    )
    .option('--cancel <id>', 'end a build that goes on elsewhere')
    .option('--platform <os/arch>', 'build for it, for example linux/amd64')
    .addOption(
      new Option(
        '--builder <name>',
        'what builds; default: the setting builder, or what this machine has',
      ).choices(BUILDERS),
    )
    .addOption(
      new Option(
        '--progress <kind>',
        'plain prints the whole log on a terminal, too',
      )
        .choices(['auto', 'plain'])
        .default('auto'),
    )
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      examples(
        ['ml-platform build stellar_optimization v1.0.0', 'build and push it'],
        [
          'ml-platform build my-model v2 --context-dir ~/my-model',
          'build a folder',
        ],
        [
          'ml-platform build hello-ray v2 --portal https://portal.example.com',
          "build with the portal's builder",
        ],
        [
          'ml-platform build hello-ray dev --no-push --builder docker',
          'only see whether it builds',
        ],
      ),
    )
    .action(
      start<BuildCommandOptions>(async (cli, options, workload, version) => {
        const { runBuild, runCancel } = await import('./runBuild');
        if (options.cancel !== undefined) {
          await runCancel(cli, options, options.cancel);
          return;
        }
        for (const name of ['workload', 'version'] as const) {
          if ({ workload, version }[name] === undefined) {
            program.error(`error: missing required argument '${name}'`);
          }
        }
        await runBuild(cli, options, workload, version);
      }),
    );
};
