import type { FullConfig } from '@playwright/test';
import { letOlderAppIn } from './olderApp';
import { runPlatform } from './runPlatform';

/** Starts the embedded platform for the journey in a browser. */
export default function startPlatform(config: FullConfig) {
  const { port } = config.metadata;
  return runPlatform({
    port,
    state: 'e2e/.results/state',
    env: letOlderAppIn(`http://localhost:${port}`),
  });
}
