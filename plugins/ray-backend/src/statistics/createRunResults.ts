import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { HistoryStore } from '../history/HistoryStore';
import { readHistory } from '../history/readHistory';
import type { JobIndex } from '../jobs/JobIndex';
import { ResultStore } from './ResultStore';
import { RunResults } from './RunResults';

/** How runs end is kept for as long as the jobs of the history. */
export function createRunResults(options: {
  readonly config: Config;
  readonly store: HistoryStore;
  readonly index: JobIndex;
  readonly logger: LoggerService;
  readonly clock: () => Date;
}): RunResults {
  return new RunResults({
    ...options,
    store: new ResultStore(options.store.client),
    retentionMs: readHistory(options.config).retentionMs,
  });
}
