import { readDurationFromConfig, type Config } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';

export interface HistoryConfig {
  /** Milliseconds that a job stays listed after its object is gone. */
  readonly retentionMs: number;
  /** Jobs that stay listed at most; those that went first are forgotten. */
  readonly maxJobs: number;
}

/** Reads `ray.history`. */
export function readHistory(config: Config): HistoryConfig {
  const history = config.getOptionalConfig('ray.history');
  return {
    retentionMs: durationToMilliseconds(
      history?.has('retention')
        ? readDurationFromConfig(history, { key: 'retention' })
        : { days: 90 },
    ),
    maxJobs: history?.getOptionalNumber('maxJobs') ?? 50_000,
  };
}
