import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from './runPlatform';

const START_TIMEOUT_MS = 5 * 60_000;

/** The address of the app, after the ports that the platform of the portal takes. */
export function olderAppUrl(portal: string): string {
  return `http://localhost:${Number(new URL(portal).port) + 5}`;
}

/** Variables of the portal's environment that let the pages of the app call it. */
export function letOlderAppIn(portal: string): Record<string, string> {
  return {
    APP_CONFIG_backend_cors_origin: olderAppUrl(portal),
    APP_CONFIG_backend_cors_credentials: 'true',
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/**
 * Starts the app on the older frontend system in `plugins/ray/dev`, and returns the
 * function that stops it.
 */
export async function startOlderApp(
  portal: string,
): Promise<() => Promise<void>> {
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules/@backstage/cli/bin/backstage-cli'),
      ...['package', 'start', '--config', 'dev/app-config.yaml'],
    ],
    {
      cwd: join(ROOT, 'plugins/ray'),
      env: {
        ...process.env,
        APP_CONFIG_app_baseUrl: olderAppUrl(portal),
        APP_CONFIG_backend_baseUrl: portal,
        BROWSER: 'none',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = once(child, 'exit');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  }
  const deadline = Date.now() + START_TIMEOUT_MS;
  // It answers once the app is compiled.
  while (!(await answers(olderAppUrl(portal)))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`The app on the older system did not start: ${said}`);
    }
    await delay(500);
  }
  return async () => {
    child.kill('SIGINT');
    await ended;
  };
}
