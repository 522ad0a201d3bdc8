import type { FullConfig } from '@playwright/test';
import { letOlderAppIn } from './olderApp';
import { runPlatform } from './runPlatform';

/** What the jobs of a namespace may hold in all: less than one large job. */
const QUOTAS = { training: { cpu: 30 } };

/** Starts the embedded platform for the journey in a browser. */
export default function startPlatform(config: FullConfig) {
  const { port } = config.metadata;
  return runPlatform({
    port,
    state: 'e2e/.results/state',
    env: {
      ...letOlderAppIn(`http://localhost:${port}`),
      APP_CONFIG_ray_policy_quotas: JSON.stringify(QUOTAS),
    },
  });
}
