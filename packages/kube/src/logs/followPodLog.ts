import { PodLogReader } from './PodLogReader';
import type { PodLogEnd, PodLogEvent, PodLogOptions } from './podLogTypes';

export type * from './podLogTypes';

/**
 * Reads the log of one container over as many connections as it takes: no line
 * is lost or repeated when one breaks, falls silent, or is closed by a proxy.
 * An end of the stream is believed only once the container's state confirms it.
 * Where the source itself lost lines it says so with `gap`.
 *
 * @throws {InputError} when the cursor is from another container
 * @throws {NotAllowedError} when the cluster refuses
 * @throws {AuthenticationError} when the cluster refuses the credentials
 */
export function followPodLog(
  options: PodLogOptions,
): AsyncGenerator<PodLogEvent, PodLogEnd> {
  return new PodLogReader(options).run();
}
