import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Value of `ray.builder.type` for this builder. */
export const CLOUD_BUILD_TYPE = 'cloudBuild';

export interface CloudBuildConfig {
  readonly project: string;
  readonly region: string;
  /** For contexts and logs. */
  readonly bucket: string;
  readonly serviceAccount?: string;
  readonly cache?: string;
  readonly machineType?: string;
  readonly workerPool?: string;
  readonly apiEndpoint?: string;
}

const NAME = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;

/**
 * Reads `ray.builder.cloudBuild`; `undefined` when another builder is chosen.
 * @throws {InputError} for names that can't be
 */
export function readCloudBuildConfig(
  config: Config,
): CloudBuildConfig | undefined {
  if (config.getOptionalString('ray.builder.type') !== CLOUD_BUILD_TYPE) {
    return undefined;
  }
  const section = config.getConfig('ray.builder.cloudBuild');
  const named = (key: string, fallback?: string) => {
    const value =
      fallback === undefined
        ? section.getString(key)
        : (section.getOptionalString(key) ?? fallback);
    if (!NAME.test(value)) {
      throw new InputError(
        `ray.builder.cloudBuild.${key}: '${value}' can't be its name`,
      );
    }
    return value;
  };
  return {
    project: named('project'),
    region: named('region', 'global'),
    bucket: named('bucket'),
    serviceAccount: section.getOptionalString('serviceAccount'),
    cache: section.getOptionalString('cache'),
    machineType: section.getOptionalString('machineType'),
    workerPool: section.getOptionalString('workerPool'),
    apiEndpoint: section.getOptionalString('apiEndpoint'),
  };
}
