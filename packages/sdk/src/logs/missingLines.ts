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

/**
 * Lines of a driver's log that its node no longer has, from Ray's own file.
 *
 * @returns false where Ray doesn't have them either, or doesn't answer
 */
export async function* missingLines(
  known: RayFileSource,
  between: LinesBetween,
): AsyncGenerator<readonly string[], boolean> {
  let isThere = false;
  try {
    const source = await withAddress(known);
    const node = (await rayDriver(source))?.node;
    if (node) {
      for await (const lines of rayDriverFile(source, { node })) {
        isThere = true;
        yield between.take(lines);
      }
    }
    if (isThere) {
      yield between.finish();
    }
  } catch {
    // Whether the lines were found, the other side can tell.
  }
  return isThere;
}
