import { defineConfig } from '@playwright/test';
import cluster from './cluster.config';
import { chromiumOptions } from './support/chromium';

/** The tests of the portal's image, as pods of a real cluster. */
export default defineConfig({
  ...cluster,
  projects: [
    {
      name: 'portal',
      testMatch: ['portal.spec.ts'],
      timeout: 20 * 60_000,
      fullyParallel: false,
      workers: 1,
      use: { launchOptions: chromiumOptions() },
    },
  ],
});
