import type { KubeClient, PodLogEnd } from '@ml-platform/kube';
import type { JobRef } from '@ml-platform/rayjob';
import { DriverLogReader } from './DriverLogReader';
import type { DriverLogEvent, DriverLogOptions } from './driverLogTypes';

export type * from './driverLogTypes';

/**
 * The driver's log of a job, wherever its submission mode puts it. With
 * `follow` it waits for a job that has not started and says so (`waiting`).
 *
 * @throws {NotFoundError} when there is no such job
 */
export function driverLog(
  client: KubeClient,
  ref: JobRef,
  options: DriverLogOptions,
): AsyncGenerator<DriverLogEvent, PodLogEnd> {
  return new DriverLogReader({ ...options, client, ref }).run();
}
