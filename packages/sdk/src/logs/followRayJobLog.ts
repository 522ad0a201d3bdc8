import { NotFoundError } from '@backstage/errors';
import type { JobRef, RayJob } from '@ml-platform/backstage-plugin-ray-common';
import type { KubeClient } from '../http/KubeClient';
import { rayJobApiPath } from '../rayjobs/stopRayJob';
import { sleep } from '../watch/sleep';
import type { PodLogEnd, PodLogEvent } from './followPodLog';
import type { LogCursor } from './LogCursor';

export interface RayJobLogOptions {
  readonly client: KubeClient;
  readonly ref: JobRef;
  readonly job: RayJob;
  readonly signal: AbortSignal;
  readonly follow?: boolean;
  readonly cursor?: LogCursor;
  readonly tailLines?: number;
  /** Milliseconds between two reads. */
  readonly pollMs?: number;
}

/** Container name of the cursors of this source, which has no container. */
const RAY_API = 'ray-job-api';

/** Ray gives out at most this many bytes, the last ones. */
const WINDOW = 16 * 1024 * 1024;

const ENDED = new Set(['SUCCEEDED', 'FAILED', 'STOPPED']);

/**
 * The driver's log from Ray's Job API, which gives the whole text each time (at
 * most its last 16 MiB) and neither times nor offsets: the number of lines read
 * is the cursor. Once the text reaches the window, lines can't be counted any
 * more, and a `gap` says so.
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
  let tail = options.cursor ? undefined : options.tailLines;
  let waitingSaid = false;
  while (!signal.aborted) {
    let ended = false;
    try {
      // Status first: what is written after it is seen in the next round.
      const status = await client.json<{ status?: string }>({
        path: statusPath,
        signal,
      });
      ended = ENDED.has(status.status ?? '');
      const { logs = '' } = await client.json<{ logs?: string }>({
        path: logPath,
        signal,
        timeoutMs: 30_000,
      });
      const lines = logs.split('\n');
      const rest = lines.pop() ?? '';
      if (ended && rest) {
        lines.push(rest);
      }
      if (logs.length >= WINDOW) {
        yield {
          type: 'gap',
          reason:
            'Ray keeps only the last 16 MiB of this log; read the rest on the head node',
        };
        read = Math.min(read, lines.length);
      }
      if (tail !== undefined) {
        read = Math.max(0, lines.length - tail);
        tail = undefined;
      }
      const fresh = lines.slice(read).map(text => ({ text }));
      read = Math.max(read, lines.length);
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
      if (!(
        error instanceof Error && error.name === 'ServiceUnavailableError'
      )) {
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
    await sleep(pollMs, signal);
  }
  return 'read';
}
