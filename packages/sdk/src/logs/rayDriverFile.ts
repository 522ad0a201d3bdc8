import { readLines, type KubeClient } from '@ml-platform/kube';
import type { RayJob } from '@ml-platform/rayjob';
import { rayJobApiPath } from '../jobs/stopRayJob';

/** Whose file it is, and the way to it. */
export interface RayFileSource {
  readonly client: KubeClient;
  readonly job: RayJob;
  readonly signal: AbortSignal;
}

/** Seconds that Ray may take to give out the file. */
const WHOLE_FILE = 600;
/** Milliseconds of silence after which Ray counts as gone. */
const SILENCE = 30_000;

/**
 * The lines of Ray's own file of what a driver wrote, from the first one on, up to what
 * was written by now. It lives as long as the head, and no node rotates it.
 *
 * @throws {NotFoundError} where the head is gone, and as {@link KubeClient.json} does
 * @throws {Error} when the head stops in the middle of it
 */
export async function* rayDriverFile({
  client,
  job,
  signal,
}: RayFileSource): AsyncGenerator<readonly string[]> {
  const id = job.status?.jobId ?? '';
  const about = rayJobApiPath(job, `/api/jobs/${encodeURIComponent(id)}`);
  const path = rayJobApiPath(job, '/api/v0/logs/file');
  if (!about || !path) {
    return;
  }
  const { driver_node_id: node } = await client.json<{
    driver_node_id?: string;
  }>({ path: about, signal });
  const answer = await client.stream({
    path,
    query: {
      node_id: node,
      submission_id: id,
      lines: -1,
      timeout: WHOLE_FILE,
      // Ray before 2.50 puts a mark before each piece otherwise.
      format: 'text',
    },
    accept: '*/*',
    signal,
    timeoutMs: SILENCE,
  });
  const rest = yield* readLines(answer, { idleMs: () => SILENCE });
  if (rest) {
    yield [rest];
  }
}
