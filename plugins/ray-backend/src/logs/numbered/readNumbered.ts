import type { Config } from '@backstage/config';
import type { NumberedLogsOptions } from './NumberedLogs';

const MOST_BYTES = 2 * 1024 * 1024 * 1024;

/** Reads `ray.logs.numbered`. */
export function readNumbered(
  config: Config,
): Pick<NumberedLogsOptions, 'folder' | 'maxBytes'> {
  const section = config.getOptionalConfig('ray.logs.numbered');
  return {
    folder: section?.getOptionalString('path'),
    maxBytes: section?.getOptionalNumber('maxBytes') ?? MOST_BYTES,
  };
}
