import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** The tests on a management cluster with Crossplane, which `npm run test:cluster` starts. */
export default defineConfig({
  testDir: join(__dirname, 'cluster'),
  testMatch: 'workload-resources.spec.ts',
  outputDir: join(__dirname, '.results/management-traces'),
  timeout: 2 * 60_000,
  workers: 1,
  forbidOnly: true,
  reporter: [['list']],
});
