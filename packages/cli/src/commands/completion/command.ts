import { Argument } from 'commander';
import { examples, type AddCommand } from '../../Cli';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export const addCompletion: AddCommand = (program, start) => {
  program
    .command('completion')
    .description('print the completion for a shell')
    .addArgument(new Argument('<shell>', 'your shell').choices(SHELLS))
    .addHelpText(
      'after',
      examples(
        ['source <(ml-platform completion bash)', 'in ~/.bashrc'],
        ['source <(ml-platform completion zsh)', 'in ~/.zshrc'],
        ['ml-platform completion fish | source', 'in config.fish'],
      ),
    )
    .action(
      start(async (cli, _, shell) => {
        const { completionScript } = await import('./completionScript');
        cli.io.stdout.write(completionScript(shell));
      }),
    );
};
