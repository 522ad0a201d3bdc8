import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** The tests of dashboards and alerts, which `npm run test:monitoring` starts. */
export default defineConfig({
  testDir: join(__dirname, 'monitoring'),
  outputDir: join(__dirname, '.results/monitoring-traces'),
  timeout: 3 * 60_000,
  workers: 1,
  forbidOnly: true,
  reporter: [['list']],
  projects: [
    { name: 'files', testMatch: ['alerts.spec.ts', 'dashboards.spec.ts'] },
    // Starts a platform that is measured; only when the files are in order.
    {
      name: 'platform',
      testMatch: ['measured.spec.ts'],
      dependencies: ['files'],
    },
  ],
});
