import type { Config } from '@backstage/config';
import { CallLimit } from './CallLimit';

/** Logs that one user may have open, unless the configuration says otherwise. */
const MOST = 50;

/** Counts the logs that each user has open: streams, lines and searches together. */
export function logLimit(config: Config): CallLimit {
  return new CallLimit({
    most: config.getOptionalNumber('ray.logs.maxStreamsPerUser') ?? MOST,
    what: 'logs',
    advice:
      'Close pages or commands that follow logs, then try again; ray.logs.maxStreamsPerUser sets the limit',
  });
}
