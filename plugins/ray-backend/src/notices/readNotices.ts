import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';

export interface NoticesConfig {
  /** Milliseconds that any job may wait to start before its owner is told. */
  readonly shortestWaitMs: number;
  /** Times the median of earlier waits that a job may wait. */
  readonly timesUsual: number;
  /** Milliseconds that a job's pull request may be open. */
  readonly pullRequestMs: number;
}

function milliseconds(
  config: Config | undefined,
  key: string,
  otherwise: HumanDuration,
): number {
  return durationToMilliseconds(
    config?.has(key) ? readDurationFromConfig(config, { key }) : otherwise,
  );
}

/**
 * Reads `ray.notifications`; `undefined` where they are switched off.
 * @throws {InputError} for numbers that make no sense
 */
export function readNotices(config: Config): NoticesConfig | undefined {
  const section = config.getOptionalConfig('ray.notifications');
  if (section?.getOptionalBoolean('enabled') === false) {
    return undefined;
  }
  const timesUsual = section?.getOptionalNumber('waiting.timesUsual') ?? 2;
  if (timesUsual < 1) {
    throw new InputError(
      `ray.notifications.waiting.timesUsual is ${timesUsual}; it must be 1 or more`,
    );
  }
  return {
    shortestWaitMs: milliseconds(section, 'waiting.minimum', { minutes: 15 }),
    timesUsual,
    pullRequestMs: milliseconds(section, 'pullRequest.after', { minutes: 30 }),
  };
}
