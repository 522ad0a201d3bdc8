import { loadSettings, login, logout, requirePortal } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';

async function portalOf({ given, io }: Cli): Promise<string> {
  const { settings } = await loadSettings(given, io);
  return requirePortal(settings);
}

export async function runLogin(cli: Cli): Promise<void> {
  const { env, signal } = cli.io;
  const url = await portalOf(cli);
  const { user } = await login({
    url,
    environment: env,
    signal,
    async openBrowser(page) {
      cli.say(`Continue in your browser: ${page}`);
      const { default: open } = await import('open');
      const browser = await open(page);
      browser.on('error', () =>
        cli.say("Couldn't start a browser; open the address yourself"),
      );
    },
  });
  cli.say(`Logged in to ${url} as ${user}`);
}

export async function runLogout(cli: Cli): Promise<void> {
  const { env, signal } = cli.io;
  const url = await portalOf(cli);
  const was = await logout({ url, environment: env, signal });
  cli.say(was ? `Logged out of ${url}` : `Nobody was logged in to ${url}`);
}
