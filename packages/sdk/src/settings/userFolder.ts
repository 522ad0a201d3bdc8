import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of what is kept for the user. */
export function userFolder(
  env: Readonly<Record<string, string | undefined>>,
): string {
  const folder =
    env.XDG_CONFIG_HOME ||
    (process.platform === 'win32' && env.APPDATA) ||
    join(env.HOME || homedir(), '.config');
  return join(folder, 'ml-platform');
}
