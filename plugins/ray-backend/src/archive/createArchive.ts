import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { LogArchive } from '@ml-platform/backstage-plugin-ray-node';
import type { HistoryStore } from '../history/HistoryStore';
import { ArchiveClaims } from './ArchiveClaims';
import { ArchivedLog } from './ArchivedLog';
import { ArchiveRetention } from './ArchiveRetention';
import { LogArchiver } from './LogArchiver';
import { readArchive } from './readArchive';

export interface CreateArchiveOptions {
  readonly config: Config;
  readonly logger: LoggerService;
  readonly clock: () => Date;
  readonly store: HistoryStore;
  readonly logArchives: ReadonlyMap<string, LogArchive>;
}

/** The archive of logs, where one is configured. */
export function createArchive(options: CreateArchiveOptions) {
  const config = readArchive(options.config, options.logArchives);
  if (!config) {
    return undefined;
  }
  const { clock, logger, store } = options;
  const claims = new ArchiveClaims({ knex: store.client, clock });
  const retention = new ArchiveRetention({ ...config, claims, clock });
  const archiver = new LogArchiver({
    config,
    claims,
    retention,
    logger,
    clock,
  });
  const { archive } = config;
  return {
    archiver,
    archived: new ArchivedLog({ archive, claims, writer: archiver }),
    retention,
  };
}
