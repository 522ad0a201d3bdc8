import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find(path => path !== undefined && existsSync(path));

if (CHROMIUM === undefined) {
  throw new Error(
    'No Chromium or Chrome was found. Install one (Debian: apt install chromium) or name it in CHROMIUM_PATH.',
  );
}

/** Port of the portal that the tests start; the four after it are taken too. */
const PORT = 17007;
/** A portal that is up already, as http://localhost:7007, to test instead. */
const RUNNING = process.env.ML_PLATFORM_URL;

export default defineConfig({
  testDir: join(__dirname, 'tests'),
  outputDir: join(__dirname, '.results/traces'),
  timeout: 6 * 60_000,
  expect: { timeout: 20_000 },
  workers: 1,
  forbidOnly: true,
  reporter: [['list']],
  ...(RUNNING === undefined
    ? { globalSetup: join(__dirname, 'support/startPlatform.ts') }
    : {}),
  metadata: { port: PORT },
  use: {
    baseURL: RUNNING ?? `http://localhost:${PORT}`,
    actionTimeout: 30_000,
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: CHROMIUM,
      args: [
        // Chromium has no sandbox for root, as which containers of CI run.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
