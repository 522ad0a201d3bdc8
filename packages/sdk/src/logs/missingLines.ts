import type { LinesBetween } from './LinesBetween';
import { rayDriver, rayDriverFile, type RayFileSource } from './rayDriverFile';

/**
 * Lines of a driver's log that its node no longer has, from Ray's own file.
 *
 * @returns false where Ray doesn't have them either, or doesn't answer
 */
export async function* missingLines(
  source: RayFileSource,
  between: LinesBetween,
): AsyncGenerator<readonly string[], boolean> {
  let isThere = false;
  try {
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
