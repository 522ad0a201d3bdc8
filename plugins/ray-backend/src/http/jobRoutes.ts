import {
  rayJobReadPermission,
  rayJobSecretsReadPermission,
  rayRoutes,
} from '@ml-platform/backstage-plugin-ray-common';
import { readYaml, redactManifest, writeYaml } from '@ml-platform/rayjob';
import type { JobRevisions } from '../jobs/JobRevisions';
import type { Jobs } from '../jobs/Jobs';
import type { Authorizer } from '../permissions/Authorizer';
import type { RunResults } from '../statistics/RunResults';
import type { ApiRouter } from './ApiRouter';
import type { JobStream } from './jobStream';
import { listQuery } from './listQuery';

/** Rows that a stream's snapshot holds unless the viewer says. */
const SNAPSHOT = 500;

export interface JobRoutesOptions {
  readonly authorizer: Authorizer;
  readonly jobs: Jobs;
  readonly results: RunResults;
  readonly revisions: JobRevisions;
  readonly stream: JobStream;
}

/** Reading jobs: list, stream, one job and all that belongs to it but its logs. */
export function addJobRoutes(api: ApiRouter, options: JobRoutesOptions): void {
  const { authorizer, jobs, results, revisions, stream } = options;

  api.answer(rayRoutes.listJobs, async ({ caller, query }) => {
    const scope = await authorizer.scope(caller, rayJobReadPermission);
    return jobs.list(listQuery(query), scope);
  });

  api.answer(rayRoutes.countJobs, async ({ caller, query }) =>
    jobs.facets(query, await authorizer.scope(caller, rayJobReadPermission)),
  );

  api.answer(rayRoutes.getJobsRevision, async ({ caller }) =>
    revisions.of(await authorizer.scope(caller, rayJobReadPermission)),
  );

  api.answer(rayRoutes.getWorkloadStatistics, async ({ caller, query }) =>
    results.statistics(
      query,
      await authorizer.jobs(caller, rayJobReadPermission),
    ),
  );

  api.stream(rayRoutes.streamJobs, ({ request, caller, query }, response) => {
    const { counts = false, ...list } = query;
    const wanted = { query: listQuery(list, SNAPSHOT), counts };
    return stream.serve(request, response, caller, wanted);
  });

  api.answer(rayRoutes.getJob, async ({ caller, params, query }) =>
    jobs.detail(await jobs.require({ ...params, ...query }, caller), caller),
  );

  api.answer(rayRoutes.listJobPods, async ({ caller, params, query }) => ({
    items: jobs.pods(await jobs.require({ ...params, ...query }, caller)),
  }));

  api.answer(rayRoutes.listJobEvents, async ({ caller, params, query }) =>
    jobs.events(await jobs.require({ ...params, ...query }, caller)),
  );

  api.answer(rayRoutes.getJobManifest, async ({ caller, params, query }) => {
    const job = await jobs.require({ ...params, ...query }, caller);
    const manifest = await jobs.manifest(job);
    const secrets = rayJobSecretsReadPermission;
    return (await authorizer.covers(caller, secrets, job))
      ? manifest
      : writeYaml(redactManifest(readYaml(manifest)));
  });
}
