import { Argument } from 'commander';
import { examples, type AddCommand } from '../../Cli';

export interface PortForwardOptions {
  readonly job?: string;
  readonly cluster?: string;
  readonly port?: string;
  readonly address: string;
}

export const addPortForward: AddCommand = (program, start) => {
  program
    .command('port-forward')
    .description('open pages of the clusters on this machine, until Ctrl-C')
    .addArgument(
      new Argument(
        '[service]',
        'which page; all by default, ray with --job or --cluster',
      ).choices(['ray', 'grafana', 'argocd', 'portal', 'all']),
    )
    .option('--job <name>', "Ray's dashboard of this job")
    .option('--cluster <name>', "Ray's dashboard of this Ray cluster")
    .option('--port <number>', 'local port; the usual one by default')
    .option(
      '--address <ip>',
      'local address; 0.0.0.0 lets other machines in',
      '127.0.0.1',
    )
    .addHelpText(
      'after',
      examples(
        ['ml-platform port-forward', 'all that is there'],
        ['ml-platform port-forward ray', 'of the newest Ray cluster'],
        ['ml-platform port-forward --job hello-1', 'of a job'],
        ['ml-platform port-forward grafana --port 3001', 'on another port'],
      ),
    )
    .action(
      start<PortForwardOptions>(async (cli, options, service) => {
        const { runPortForward } = await import('./runPortForward');
        await runPortForward(cli, options, service);
      }),
    );
};
