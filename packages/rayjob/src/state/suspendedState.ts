import type { RayJob } from '../objects/kubernetes';
import type { JobStateResult } from './stateResult';
import { stoppedAt } from './stopMark';

/** What a suspended job waits for. */
export const SUSPENDED =
  'Suspended; it starts when spec.suspend is set to false';

/** State of a suspended job that no queue has. */
export function suspendedState(job: RayJob): JobStateResult {
  return stoppedAt(job)
    ? {
        state: 'stopped',
        reason: 'Stopped',
        message: 'Stopped while Ray was not running it; to train, run it again',
      }
    : { state: 'suspended', reason: 'Suspended', message: SUSPENDED };
}
