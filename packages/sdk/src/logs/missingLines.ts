import { NotFoundError } from '@backstage/errors';
import { resourcePath } from '@ml-platform/kube';
import { RAYJOBS, type RayJob } from '@ml-platform/rayjob';
import type { LinesBetween } from './LinesBetween';
import { rayDriver, rayDriverFile, type RayFileSource } from './rayDriverFile';
import { runName } from './runName';

/** With the job as it is now: Ray's address comes to it after a submitter has started. */
async function withAddress(source: RayFileSource): Promise<RayFileSource> {
  const { client, job, signal } = source;
  if (job.status?.dashboardURL) {
    return source;
  }
  const { namespace, name } = job.metadata;
  const path = resourcePath(RAYJOBS, namespace, name);
  const now = await client.json<RayJob>({ path, signal });
  return runName(now) === runName(job) ? { ...source, job: now } : source;
}

/** How the reading of Ray's own file ended; `broken` where another try may bring more. */
export type FileReading = 'read' | 'broken' | 'absent';

/** Lines of a driver's log that its node no longer has, from Ray's own file. */
export async function* missingLines(
  known: RayFileSource,
  between: LinesBetween,
): AsyncGenerator<readonly string[], FileReading> {
  let isThere = false;
  try {
    const source = await withAddress(known);
    const node = (await rayDriver(source))?.node;
    if (!node) {
      return 'absent';
    }
    for await (const lines of rayDriverFile(source, { node })) {
      isThere = true;
      yield between.take(lines);
    }
    if (isThere) {
      yield between.finish();
    }
    return isThere ? 'read' : 'absent';
  } catch (error) {
    const isGone = error instanceof NotFoundError && !isThere;
    return isGone ? 'absent' : 'broken';
  }
}
