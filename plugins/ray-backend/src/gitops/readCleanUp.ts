import { readDurationFromConfig, type Config } from '@backstage/config';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';

/** When manifests of jobs that ended are removed from git. */
export interface CleanUpConfig {
  /** Milliseconds since the end of a job. */
  readonly afterMs: number;
  /** Time between two looks. */
  readonly frequency: HumanDuration;
}

/** Reads `ray.gitops.cleanUp`; `undefined` where nothing is to be removed. */
export function readCleanUp(config: Config): CleanUpConfig | undefined {
  const section = config.getOptionalConfig('ray.gitops.cleanUp');
  return (
    section && {
      afterMs: durationToMilliseconds(
        readDurationFromConfig(section, { key: 'after' }),
      ),
      frequency: section.has('frequency')
        ? readDurationFromConfig(section, { key: 'frequency' })
        : { days: 1 },
    }
  );
}
