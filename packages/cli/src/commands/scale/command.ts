import { examples, type AddCommand } from '../../Cli';

export interface ScaleOptions {
  readonly cluster?: string;
  readonly group?: string;
  readonly yes?: boolean;
}

export const addScale: AddCommand = (program, start) => {
  program
    .command('scale')
    .description('set the number of workers of a Ray cluster')
    .argument('<workers>', 'how many workers the group is to have')
    .option('--cluster <name>', 'Ray cluster; the only one by default')
    .option('--group <name>', 'worker group; the only one by default')
    .option('-y, --yes', 'scale even what Argo CD will set back')
    .addHelpText(
      'after',
      examples(
        ['ml-platform scale 4', 'where there is one Ray cluster'],
        ['ml-platform scale 0 --cluster shared --group gpu', 'send them home'],
      ),
    )
    .action(
      start<ScaleOptions>(async (cli, options, workers) => {
        const { runScale } = await import('./runScale');
        await runScale(cli, options, workers);
      }),
    );
};
