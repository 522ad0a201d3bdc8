import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { JobRef, RayJob } from '@ml-platform/rayjob';
import {
  type KubeClient,
  sleep,
  type PodLogEnd,
  type PodLogEvent,
  type LogCursor,
  type RefusalPatience,
} from '@ml-platform/kube';
import { rayJobApiPath } from '../jobs/stopRayJob';

export interface RayJobLogOptions {
  readonly client: KubeClient;
  readonly ref: JobRef;
  readonly job: RayJob;
  readonly signal: AbortSignal;
  readonly follow?: boolean;
  readonly cursor?: LogCursor;
  readonly tailLines?: number;
  /** Milliseconds between two reads at least. */
  readonly pollMs?: number;
  readonly patience: RefusalPatience;
}

/** Container name of the cursors of this source, which has no container. */
const RAY_API = 'ray-job-api';

/** Ray gives out at most this many bytes, the last ones. */
const WINDOW = 16 * 1024 * 1024;

/** Lines by which the place is found again in a log that was cut at its head. */
const RECENT = 20;

/**
 * Times that the last read took which are waited before the next: all of a long
 * log comes each time, and the archive may follow those of many jobs.
 */
const REST = 4;

const CUT =
  'Ray keeps only the last 16 MiB of this log; lines before may be missing, or come again';

/** Index after the last occurrence of the lines that were read last. */
function afterRecent(
  lines: readonly string[],
  recent: readonly string[],
): number | undefined {
  for (let end = lines.length; end >= recent.length; end -= 1) {
    const start = end - recent.length;
    if (
      recent.length > 0 &&
      recent.every((text, i) => lines[start + i] === text)
    ) {
      return end;
    }
  }
  return undefined;
}

const ENDED = new Set(['SUCCEEDED', 'FAILED', 'STOPPED']);

/**
 * The driver's log from Ray's Job API, which gives the whole text each time (at
 * most its last 16 MiB) and neither times nor offsets: the number of lines read
 * is the cursor. Once the text reaches the window, the place is found again by the
 * last lines read; where that fails a `gap` says so.
 */
export async function* followRayJobLog(
  options: RayJobLogOptions,
): AsyncGenerator<PodLogEvent, PodLogEnd> {
  const { client, job, signal, follow, pollMs = 1_500 } = options;
  const id = encodeURIComponent(job.status?.jobId ?? '');
  const logPath = rayJobApiPath(job, `/api/jobs/${id}/logs`);
  const statusPath = rayJobApiPath(job, `/api/jobs/${id}`);
  if (!logPath || !statusPath) {
    return 'not-found';
  }
  const podUid = job.status?.jobId ?? job.metadata.uid ?? '';
  let read = options.cursor?.podUid === podUid ? options.cursor.count : 0;
  let recent: readonly string[] = [];
  let tail = options.cursor ? undefined : options.tailLines;
  let waitingSaid = false;
  while (!signal.aborted) {
    let ended = false;
    let tookMs = 0;
    const begun = performance.now();
    try {
      // Status first: what is written after it is seen in the next round.
      const status = await client.json<{ status?: string }>({
        path: statusPath,
        signal,
      });
      options.patience.answered();
      ended = ENDED.has(status.status ?? '');
      const { logs = '' } = await client.json<{ logs?: string }>({
        path: logPath,
        signal,
        timeoutMs: 30_000,
      });
      tookMs = performance.now() - begun;
      const lines = logs.split('\n');
      const rest = lines.pop() ?? '';
      if (ended && rest) {
        lines.push(rest);
      }
      if (tail !== undefined) {
        read = Math.max(0, lines.length - tail);
        tail = undefined;
      }
      const cut = Buffer.byteLength(logs) >= WINDOW;
      const from = cut ? afterRecent(lines, recent) : read;
      if (from === undefined) {
        yield { type: 'gap', reason: CUT };
      }
      const texts = lines.slice(from ?? 0);
      const fresh = texts.map(text => ({ text }));
      read = cut ? read + texts.length : Math.max(read, lines.length);
      recent = [...recent, ...texts.slice(-RECENT)].slice(-RECENT);
      if (fresh.length > 0) {
        yield {
          type: 'lines',
          lines: fresh,
          cursor: {
            podUid,
            container: RAY_API,
            restartCount: 0,
            time: '',
            count: read,
          },
        };
      }
    } catch (error) {
      if (signal.aborted) {
        return 'read';
      }
      if (error instanceof NotFoundError) {
        return 'deleted';
      }
      const passes =
        error instanceof ServiceUnavailableError ||
        options.patience.bears(error);
      if (!passes) {
        throw error;
      }
      if (!waitingSaid) {
        waitingSaid = true;
        yield { type: 'waiting', message: 'The Ray cluster does not answer' };
      }
    }
    if (ended) {
      return 'completed';
    }
    if (!follow) {
      return 'read';
    }
    await sleep(Math.max(pollMs, REST * tookMs), signal);
  }
  return 'read';
}
