import { jobId, type JobRef } from '@ml-platform/rayjob';
import type { JobIndex } from '../jobs/JobIndex';
import { Notifier } from '../util/Notifier';
import type { LogEvent } from './logTypes';

/**
 * Waits for a job that exists only in git to appear on its cluster, and says
 * meanwhile what it waits for. False when it is gone from git too.
 */
export async function* waitUntilLive(
  index: JobIndex,
  ref: JobRef,
  signal: AbortSignal,
): AsyncGenerator<LogEvent, boolean> {
  const id = jobId(ref);
  const notifier = new Notifier();
  const unsubscribe = index.subscribe(change => {
    if (change.id === id) {
      notifier.notify();
    }
  });
  let said = '';
  try {
    while (!signal.aborted) {
      if (index.getLive(ref)) {
        return true;
      }
      const row = index.get(ref);
      if (!row) {
        return false;
      }
      const message = row.message ?? `The job is ${row.state}`;
      if (message !== said) {
        said = message;
        yield { type: 'waiting', message };
      } else {
        await notifier.wait(signal);
      }
    }
    return false;
  } finally {
    unsubscribe();
  }
}
