import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** The tests of gitops/ on Argo CD and two real control planes. They need no node. */
export default defineConfig({
  testDir: join(__dirname, 'platform'),
  outputDir: join(__dirname, '.results/platform-traces'),
  timeout: 6 * 60_000,
  // What Argo CD has brought is what the tests after it try.
  workers: 1,
  forbidOnly: true,
  reporter: [['list']],
  projects: [
    { name: 'argocd', testMatch: 'argocd.spec.ts' },
    {
      name: 'rules',
      testMatch: [
        'admission.spec.ts',
        'limits.spec.ts',
        'portalSyncs.spec.ts',
        'queues.spec.ts',
      ],
      dependencies: ['argocd'],
    },
    {
      name: 'definitions',
      testMatch: 'definitions.spec.ts',
      dependencies: ['rules'],
    },
  ],
});
