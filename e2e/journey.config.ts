import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { PORTAL_PORT } from './cluster/support/target';
import { chromiumOptions } from './support/chromium';

/** The journey from the form to the log, on a real cluster with a real Argo CD. */
export default defineConfig({
  testDir: join(__dirname, 'cluster/journey'),
  outputDir: join(__dirname, '.results/journey-traces'),
  globalSetup: join(__dirname, 'cluster/journey/setup.ts'),
  timeout: 12 * 60_000,
  expect: { timeout: 20_000 },
  workers: 1,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${PORTAL_PORT}`,
    actionTimeout: 30_000,
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: chromiumOptions(),
  },
});
