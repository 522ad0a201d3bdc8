import { NotFoundError } from '@backstage/errors';
import type { LogEndReason } from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';
import type { RayLogEvent } from '@ml-platform/backstage-plugin-ray-node';
import type { PodLogEnd, PodLogEvent } from '@ml-platform/kube';
import type { ArchivedLog } from '../archive/ArchivedLog';
import { adaptPodLog } from './adaptPodLog';
import type { LogStart } from './LogTopic';

/** The live log of a driver, and the rest from the archive when its pod goes. */
export async function* withArchive(options: {
  readonly open: (start: LogStart) => AsyncGenerator<PodLogEvent, PodLogEnd>;
  readonly archived?: ArchivedLog;
  readonly job: JobSummary;
  readonly start: LogStart;
  readonly signal: AbortSignal;
}): AsyncGenerator<RayLogEvent, LogEndReason> {
  const { archived, job, signal } = options;
  let { start } = options;
  // A place in the archive can only be gone on from there.
  const inArchive = archived?.isPlace(start.cursor) ?? false;
  let end: LogEndReason = 'not-found';
  try {
    const live = inArchive ? undefined : adaptPodLog(options.open(start));
    let next = await live?.next();
    while (live && next && !next.done) {
      if (next.value.type === 'lines') {
        start = { cursor: next.value.cursor };
      }
      yield next.value;
      next = await live.next();
    }
    end = next?.done ? next.value : end;
  } catch (error) {
    if (!(error instanceof NotFoundError && archived)) {
      throw error;
    }
  }
  const lost = end === 'not-found' || end === 'deleted';
  if (lost && archived && (await archived.attempts(job)).length > 0) {
    return yield* archived.read(job, start, signal);
  }
  return end;
}
