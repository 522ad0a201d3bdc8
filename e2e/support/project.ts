import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './runPlatform';
import { Terminal } from './Terminal';

const RESULTS = join(ROOT, 'e2e/.results');
/** A folder of the checkout, so that its workloads are found. */
export const PROJECT = join(RESULTS, 'project');

/** The folder of the state of the platform under test. */
export function stateFolder(): string {
  return process.env.ML_PLATFORM_URL
    ? join(ROOT, '.local')
    : join(RESULTS, 'state');
}

/** A terminal in a folder that has the settings of the platform under test. */
export async function terminalInProject(): Promise<Terminal> {
  await mkdir(PROJECT, { recursive: true });
  await copyFile(
    join(stateFolder(), 'ml-platform.yaml'),
    join(PROJECT, '.ml-platform.yaml'),
  );
  return new Terminal({ cwd: PROJECT });
}
