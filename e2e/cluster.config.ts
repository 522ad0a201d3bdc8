import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** The tests on a real cluster, which `npm run test:cluster` starts. */
export default defineConfig({
  testDir: join(__dirname, 'cluster'),
  outputDir: join(__dirname, '.results/cluster-traces'),
  globalSetup: join(__dirname, 'cluster/support/setup.ts'),
  timeout: 6 * 60_000,
  // Two Ray clusters at a time fit on a small machine.
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  reporter: [['list']],
  projects: [
    {
      name: 'jobs',
      testMatch: ['modes.spec.ts', 'outcomes.spec.ts', 'gitops.spec.ts'],
    },
    {
      // Copies of whole images: one at a time.
      name: 'builds',
      testMatch: process.env.TEST_CLUSTER_BUILDER_IMAGE
        ? ['builds.spec.ts']
        : [],
      dependencies: ['jobs'],
      fullyParallel: false,
      workers: 1,
    },
    {
      // Long logs: they take ten minutes.
      name: 'bursts',
      testMatch: process.env.TEST_CLUSTER_BURSTS ? ['bursts.spec.ts'] : [],
      fullyParallel: false,
      workers: 1,
    },
    {
      // What goes wrong for one goes wrong for all: one at a time.
      name: 'faults',
      testMatch: ['logs.spec.ts', 'terminal.spec.ts'],
      dependencies: ['jobs', 'builds'],
      fullyParallel: false,
      workers: 1,
    },
  ],
});
