import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { RayJobNoticeSender } from '@ml-platform/backstage-plugin-ray-node';
import type { HistoryStore } from '../history/HistoryStore';
import type { JobIndex } from '../jobs/JobIndex';
import { JobNotices } from './JobNotices';
import { NoticeStore } from './NoticeStore';
import { readNotices } from './readNotices';

export interface CreateNoticesOptions {
  readonly config: Config;
  readonly logger: LoggerService;
  readonly clock: () => Date;
  readonly store: HistoryStore;
  readonly index: JobIndex;
  /** Absent where no module takes notices. */
  readonly noticeSender?: RayJobNoticeSender;
}

/** What tells people of their jobs, where that is wanted. */
export function createNotices(options: CreateNoticesOptions) {
  const { logger, noticeSender: sender } = options;
  const config = readNotices(options.config);
  const store = new NoticeStore(options.store.client);
  if (config && sender) {
    return new JobNotices({ ...options, config, sender, store });
  }
  return {
    /** Forgets what nobody was told, so that it doesn't come when this is switched on. */
    async run(): Promise<void> {
      await store
        .end()
        .catch(error =>
          logger.warn(`Couldn't forget the notices of jobs: ${error}`),
        );
    },
  };
}
