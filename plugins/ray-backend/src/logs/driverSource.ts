import type { JobSummary } from '@ml-platform/rayjob';
import { NotFoundError } from '@backstage/errors';
import { driverLog, type DriverCursor, type Run } from '@ml-platform/sdk';
import type { ArchivedLog } from '../archive/ArchivedLog';
import type { Clusters } from '../clusters/Clusters';
import type { JobIndex } from '../jobs/JobIndex';
import type { LogEvent, LogOpener, LogOutcome, LogStart } from './logTypes';
import { waitUntilLive } from './waitUntilLive';

export interface DriverSourceOptions {
  readonly clusters: Clusters;
  readonly index: JobIndex;
  readonly archived?: ArchivedLog;
  readonly job: JobSummary;
  readonly previous: boolean;
  /** Begins with what is archived, which the node may have rotated away. */
  readonly isWhole?: boolean;
  /** Reads only this run. */
  readonly run?: Run;
}

interface Reading {
  readonly follow: boolean;
  readonly start: LogStart;
  readonly signal: AbortSignal;
}

const NEXT_ATTEMPT =
  'The attempt ended here; what follows is the log of the next one';

/** The driver's log of a job: live, and from the archive what is not live any more. */
export function driverSource(options: DriverSourceOptions): LogOpener {
  const { index, archived, job } = options;
  return async function* driver(reading) {
    const { follow, start, signal } = reading;
    if (!index.getLive(job)) {
      if (index.isGone(job)) {
        const end = yield* archivedDriver(options, start, signal);
        return end === 'completed' ? end : 'deleted';
      }
      if (!follow) {
        return 'not-started';
      }
      const live = yield* waitUntilLive(index, job, signal);
      if (!live) {
        return 'deleted';
      }
    }
    // What a node keeps of a long log is its end only; the archive has it all.
    if (archived && (await archived.isComplete(job))) {
      return yield* archivedDriver(options, start, signal);
    }
    return yield* liveFirst(options, reading);
  };
}

/** The live log, and the rest from the archive when its pod goes. */
async function* liveFirst(
  options: DriverSourceOptions,
  { follow, start, signal }: Reading,
): AsyncGenerator<LogEvent, LogOutcome> {
  const { archived, clusters, index, job, previous, isWhole, run } = options;
  const isBetween = index.getLive(job)?.state === 'suspended';
  // A place in the archive can only be continued there.
  const inArchive = start.cursor?.kind === 'archive';
  let place = start;
  let end: LogOutcome = 'not-found';
  let lastGap: string | undefined;
  const isOne = isWhole && run !== undefined;
  if (archived && !isOne && (isBetween || inArchive)) {
    let last: LogEvent | undefined;
    for await (const event of archivedDriver(options, start, signal)) {
      last = event;
      yield event;
    }
    if (!follow || (inArchive && !isBetween)) {
      return 'completed';
    }
    if (last) {
      place = {};
      yield { type: 'gap', reason: NEXT_ATTEMPT };
    }
  }
  const isFirst = place.cursor === undefined && place.tailLines === undefined;
  if (archived && isWhole && isFirst) {
    const { attempt } = run ?? index.getLive(job) ?? job;
    place = { cursor: yield* archived.beginning(job, attempt, signal) };
  }
  try {
    const live = driverLog(clusters.client(job.cluster), job, {
      follow,
      previous,
      signal,
      run,
      tailLines: place.tailLines,
      cursor: driverPlaceOf(place),
      recall: async cursor => {
        const { attempt } = run ?? index.getLive(job) ?? job;
        return archived?.recall(job, attempt, cursor);
      },
    });
    let next = await live.next();
    for (; !next.done; next = await live.next()) {
      const event = next.value;
      if (event.type === 'lines') {
        place = { cursor: event.cursor };
      }
      lastGap = event.type === 'gap' ? event.reason : undefined;
      yield event;
    }
    end = next.value;
  } catch (error) {
    if (!(error instanceof NotFoundError && archived)) {
      throw error;
    }
  }
  const lost = end === 'not-found' || end === 'deleted';
  if (!lost || !archived) {
    return end;
  }
  const rest = archivedDriver(options, place, signal);
  let next = await rest.next();
  for (; !next.done; next = await rest.next()) {
    const event = next.value;
    // The archive has noted the same.
    if (event.type !== 'gap' || event.reason !== lastGap) {
      yield event;
    }
  }
  return next.value === 'not-found' ? end : next.value;
}

function driverPlaceOf({ cursor }: LogStart): DriverCursor | undefined {
  return cursor?.kind === 'driver' ? cursor : undefined;
}

/** What the archive has of the driver's log, of one run or of all. */
export async function* archivedDriver(
  { archived, job, run, isWhole }: DriverSourceOptions,
  start: LogStart,
  signal: AbortSignal,
): AsyncGenerator<LogEvent, LogOutcome> {
  if (!archived) {
    return 'not-found';
  }
  if (!run) {
    return yield* archived.read(job, start, signal);
  }
  const end = yield* archived.readOne(job, run.attempt, start, signal);
  // More may come from whoever archives it.
  const isPart =
    isWhole && (await archived.stateOf(job, run.attempt)) === 'writing';
  return isPart && end === 'completed' ? 'deleted' : end;
}
