import {
  LONGEST_LOG_LINE,
  readLines,
  type KubeClient,
} from '@ml-platform/kube';
import type { RayJob } from '@ml-platform/rayjob';
import { rayJobApiPath } from '../jobs/stopRayJob';

/** Whose file it is, and the way to it. */
export interface RayFileSource {
  readonly client: KubeClient;
  readonly job: RayJob;
  readonly signal: AbortSignal;
}

/** What Ray says of the driver of a job. */
export interface RayDriver {
  /** As `RUNNING`; empty where Ray has no word for it. */
  readonly status: string;
  /** Id of the node that it runs on; absent before it has one. */
  readonly node?: string;
}

export interface RayFileOptions {
  /** See {@link RayDriver}. */
  readonly node: string;
  /** Goes on with what is written, without end. */
  readonly follow?: boolean;
  /** Lines from the end; all of them where absent. */
  readonly lines?: number;
}

/** Seconds that Ray may take to give out the file. */
const WHOLE_FILE = 600;
/** Seconds between two looks of Ray at a file that is followed. */
const LOOK = 0.5;
/** Milliseconds of silence after which the connection counts as dead. */
const SILENCE = 60_000;

/**
 * Asks Ray for the driver of a job's current run.
 *
 * @throws {NotFoundError} where the head is gone, and as {@link KubeClient.json} does
 */
export async function rayDriver({
  client,
  job,
  signal,
}: RayFileSource): Promise<RayDriver | undefined> {
  const id = encodeURIComponent(job.status?.jobId ?? '');
  const path = rayJobApiPath(job, `/api/jobs/${id}`);
  if (!path) {
    return undefined;
  }
  const answer = await client.json<{
    status?: string;
    driver_node_id?: string | null;
  }>({ path, signal });
  return {
    status: answer.status ?? '',
    node: answer.driver_node_id ?? undefined,
  };
}

/**
 * The lines of Ray's own file of what a driver wrote. It lasts as long as the head, and
 * no node rotates it. It comes by the State API, which reads it piece by piece: the Job
 * API puts all of it into the memory of the head, several times.
 *
 * @returns what comes after the last line end
 * @throws {NotFoundError} where the head is gone, and as {@link KubeClient.stream} does
 * @throws {IdleError} when nothing was written for a minute, while it is followed
 * @throws {StreamBrokenError} when the connection breaks
 */
export async function* rayDriverFile(
  { client, job, signal }: RayFileSource,
  { node, follow = false, lines = -1 }: RayFileOptions,
): AsyncGenerator<readonly string[], string> {
  const media = follow ? 'stream' : 'file';
  const path = rayJobApiPath(job, `/api/v0/logs/${media}`);
  if (!path) {
    return '';
  }
  const answer = await client.stream({
    path,
    query: {
      node_id: node,
      submission_id: job.status?.jobId,
      lines,
      timeout: WHOLE_FILE,
      interval: follow ? LOOK : undefined,
      // Ray before 2.50 puts a mark before each piece otherwise.
      format: 'text',
    },
    accept: '*/*',
    signal,
    timeoutMs: SILENCE,
  });
  return yield* readLines(answer, {
    idleMs: () => SILENCE,
    longest: LONGEST_LOG_LINE,
  });
}
