import type { FullConfig } from '@playwright/test';
import { runPlatform } from './runPlatform';

/** Starts the embedded platform for the journey in a browser. */
export default function startPlatform(config: FullConfig) {
  return runPlatform({
    port: config.metadata.port,
    state: 'e2e/.results/state',
  });
}
