import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './support/chromium';

/** Port of the portal that the tests start; the five after it are taken too. */
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
    : // Its pages call the portal, which lets only its own do that.
      { testIgnore: 'older-system.spec.ts' }),
  metadata: { port: PORT },
  use: {
    baseURL: RUNNING ?? `http://localhost:${PORT}`,
    actionTimeout: 30_000,
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: chromiumOptions(),
  },
});
