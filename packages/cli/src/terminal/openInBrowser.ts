import { spawn } from 'node:child_process';

const COMMANDS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> =
  {
    darwin: ['open'],
    // Its first argument in quotes would be the title of a window.
    win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  };

/**
 * Opens a web page in the person's browser.
 * @returns false where there is none to start
 */
export async function openInBrowser(url: string): Promise<boolean> {
  const [command, ...args] = COMMANDS[process.platform] ?? ['xdg-open'];
  return new Promise(resolve => {
    const child = spawn(command, [...args, url], {
      stdio: 'ignore',
      detached: true,
    });
    child.on('error', () => resolve(false));
    child.on('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
