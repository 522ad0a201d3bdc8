import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import type { LogArchive } from '@ml-platform/backstage-plugin-ray-node';
import { DirectoryArchive } from './DirectoryArchive';

export interface ArchiveConfig {
  readonly archive: LogArchive;
  /** Bytes of text that are kept of one log. */
  readonly maxBytes: number;
  /** Milliseconds that a log is kept; as long as its job is listed where absent. */
  readonly retentionMs?: number;
}

/**
 * Reads `ray.logs.archive`.
 *
 * @param added - archives of modules, by type
 * @throws {InputError} for a type that nobody added
 */
export function readArchive(
  config: Config,
  added: ReadonlyMap<string, LogArchive>,
): ArchiveConfig | undefined {
  const section = config.getOptionalConfig('ray.logs.archive');
  if (!section) {
    return undefined;
  }
  const type = section.getString('type');
  const archive =
    type === 'directory'
      ? new DirectoryArchive(section.getString('path'))
      : added.get(type);
  if (!archive) {
    throw new InputError(
      `There is no log archive '${type}'; ray.logs.archive.type can be ${[
        'directory',
        ...added.keys(),
      ].join(', ')}. Add the backend module that brings it`,
    );
  }
  return {
    archive,
    maxBytes: section.getOptionalNumber('maxBytes') ?? 1024 * 1024 * 1024,
    retentionMs: section.has('retention')
      ? durationToMilliseconds(
          readDurationFromConfig(section, { key: 'retention' }),
        )
      : undefined,
  };
}
