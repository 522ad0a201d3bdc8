import { NotFoundError } from '@backstage/errors';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { rayRoutes } from '@ml-platform/backstage-plugin-ray-common';
import type { JobRef } from '@ml-platform/rayjob';
import type { Jobs } from '../jobs/Jobs';
import type { ApiRouter } from './ApiRouter';
import type { LogLinesRoute, LogReader } from './LogLinesRoute';
import type { LogRoute } from './LogRoute';

export interface LogRoutesOptions {
  readonly jobs: Jobs;
  readonly logs: LogRoute;
  readonly logLines: LogLinesRoute;
}

/** Reading the logs of jobs: as they are written, by number, and what is in them. */
export function addLogRoutes(api: ApiRouter, options: LogRoutesOptions): void {
  const { jobs, logs, logLines } = options;

  /** @throws when there is no such run, or its logs are not for the caller */
  const readerOf = async (
    caller: BackstageCredentials,
    ref: JobRef,
    { uid }: { readonly uid?: string },
  ): Promise<LogReader> => {
    const job = await jobs.require({ ...ref, uid }, caller);
    const allowed = () => logs.allowed(caller, job);
    await allowed();
    if (uid !== undefined && uid !== job.uid) {
      throw new NotFoundError(
        `There is no run of ${job.name} with the uid ${uid}; it may be forgotten`,
      );
    }
    return { job, caller, allowed };
  };

  api.stream(
    rayRoutes.readJobLog,
    async ({ request, caller, params, query }, response) => {
      const { job } = await readerOf(caller, params, query);
      await logs.serve(request, response, job, query, caller);
    },
  );

  api.stream(
    rayRoutes.readJobLogLines,
    async ({ caller, params, query }, response) => {
      const reader = await readerOf(caller, params, query);
      await logLines.lines(response, reader, query);
    },
  );

  api.stream(
    rayRoutes.followJobLogLines,
    async ({ caller, params, query }, response) => {
      const reader = await readerOf(caller, params, query);
      await logLines.follow(response, reader, query);
    },
  );

  api.stream(
    rayRoutes.searchJobLog,
    async ({ caller, params, query }, response) => {
      const reader = await readerOf(caller, params, query);
      await logLines.search(response, reader, query);
    },
  );
}
