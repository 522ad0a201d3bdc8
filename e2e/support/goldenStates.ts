import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './runPlatform';
import type { StagedJob } from './StagedJobs';

/** A job and its pods, with what is told of them. */
export interface GoldenState extends StagedJob {
  readonly is: {
    readonly state: string;
    readonly reason?: string;
    readonly message?: string;
  };
}

/** The states that the tests of `packages/rayjob` and of the Python SDK hold to. */
export async function goldenStates(): Promise<readonly GoldenState[]> {
  const file = join(ROOT, 'packages/rayjob/golden/states/cases.ndjson');
  const text = await readFile(file, 'utf8');
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as GoldenState);
}
