import type {
  LogArchive,
  LogArchiveKey,
} from '@ml-platform/backstage-plugin-ray-node';
import type { JobRunRef } from '../jobs/jobRun';
import type { ArchiveClaims } from './ArchiveClaims';
import { LogParts } from './LogParts';

export interface ArchiveRetentionOptions {
  readonly archive: LogArchive;
  readonly claims: ArchiveClaims;
  readonly clock: () => Date;
  /** Milliseconds that a log is kept; for as long as its job where absent. */
  readonly retentionMs?: number;
}

/** Removes logs from the archive that nobody keeps any more. */
export class ArchiveRetention {
  readonly #options: ArchiveRetentionOptions;

  constructor(options: ArchiveRetentionOptions) {
    this.#options = options;
  }

  /** Removes the logs of one run, or without `uid` of all that had a name. */
  async forget(job: JobRunRef): Promise<void> {
    await this.#remove(await this.#options.claims.ofJob(job));
  }

  /** Removes the logs that are older than the configuration says. */
  async sweep(): Promise<void> {
    const { retentionMs, claims, clock } = this.#options;
    if (retentionMs === undefined) {
      return;
    }
    const time = new Date(clock().getTime() - retentionMs).toISOString();
    let old = await claims.before(time);
    while (old.length > 0) {
      await this.#remove(old);
      old = await claims.before(time);
    }
  }

  async #remove(keys: readonly LogArchiveKey[]): Promise<void> {
    const { archive, claims } = this.#options;
    for (const key of keys) {
      await new LogParts(archive, key).remove();
      await claims.forget(key);
    }
  }
}
