import { Option } from 'commander';
import { examples, type AddCommand } from '../../Cli';

export interface InitOptions {
  readonly managementContext?: string;
  readonly clusterName?: string;
  readonly registry?: string;
  readonly builder?: string;
  readonly builderUrl?: string;
  readonly repository?: string;
  readonly branch?: string;
  readonly via?: 'cluster' | 'portal';
  readonly as?: string;
  readonly user?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
}

export const addInit: AddCommand = (program, start) => {
  program
    .command('init')
    .description('write the settings file of this project, or your own')
    .option(
      '--management-context <name>',
      'kubecontext of the cluster of Argo CD and the portal',
    )
    .option('--cluster-name <name>', "the cluster's name in portal and git")
    .option('--registry <path>', 'registry and path that images are pushed to')
    .addOption(
      new Option('--builder <type>', 'what builds images').choices([
        'docker',
        'podman',
        'buildah',
        'service',
      ]),
    )
    .option('--builder-url <url>', 'address of the build service')
    .option('--repository <url>', 'web page of the repository of the jobs')
    .option('--branch <name>', 'its branch that jobs run from')
    .addOption(
      new Option('--via <way>', 'how to reach jobs').choices([
        'cluster',
        'portal',
      ]),
    )
    .option('--as <name>', 'name that you submit jobs under')
    .option('--user', "write your own file, for all projects, not this one's")
    .option('-y, --yes', "ask nothing; take what's found")
    .option('--force', 'replace a file that is there')
    .addHelpText(
      'after',
      examples(
        ['ml-platform init', 'asks, with what it finds'],
        ['ml-platform init --yes -n training', 'for a script'],
        ['ml-platform init --user --as ada', 'for all your projects'],
      ),
    )
    .action(
      start<InitOptions>(async (cli, options) => {
        const { runInit } = await import('./runInit');
        await runInit(cli, options);
      }),
    );
};
