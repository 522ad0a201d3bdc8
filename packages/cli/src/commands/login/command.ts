import { examples, type AddCommand } from '../../Cli';

export const addLogin: AddCommand = (program, start) => {
  program
    .command('login')
    .description('log in to the portal, in a browser')
    .addHelpText(
      'after',
      examples(
        ['ml-platform login --portal https://portal.example.com', ''],
        [
          'ML_PLATFORM_TOKEN=… ml-platform list --portal URL',
          'without a browser',
        ],
      ),
    )
    .action(
      start(async cli => {
        const { runLogin } = await import('./runLogin');
        await runLogin(cli);
      }),
    );
  program
    .command('logout')
    .description('forget the login at the portal')
    .action(
      start(async cli => {
        const { runLogout } = await import('./runLogin');
        await runLogout(cli);
      }),
    );
};
