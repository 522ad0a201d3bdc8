import type { JobSync } from '@ml-platform/backstage-plugin-ray-common';
import { foreignText } from '../foreign/foreignText';
import { syncStep } from './syncStep';

/** Characters of Argo CD's words that fit below a stage. */
const LONGEST = 160;

/** The first line of a text, cut to what fits. */
function inShort(text: string): string {
  const [line = ''] = foreignText(text).trim().split('\n');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

/** How the stage of the sync stands, of a job that waits to be applied. */
export function syncStage(sync: JobSync): {
  readonly failed: boolean;
  readonly note: string | undefined;
} {
  const step = syncStep(sync, true);
  const reason = step?.severity === 'error' && inShort(sync.error ?? '');
  return {
    failed: step?.severity === 'error',
    note: step && [step.title, reason].filter(Boolean).join(': '),
  };
}
