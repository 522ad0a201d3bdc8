import {
  rayJobReadPermission,
  rayJobSecretsReadPermission,
  rayRoutes,
} from '@ml-platform/backstage-plugin-ray-common';
import { readYaml, redactManifest, writeYaml } from '@ml-platform/rayjob';
import type { Jobs } from '../jobs/Jobs';
import type { Authorizer } from '../permissions/Authorizer';
import type { ApiRouter } from './ApiRouter';
import type { LogRoute } from './LogRoute';
import type { JobStream } from './jobStream';
import { listQuery } from './listQuery';

/** Rows that a stream's snapshot holds unless the viewer says. */
const SNAPSHOT = 500;

export interface JobRoutesOptions {
  readonly authorizer: Authorizer;
  readonly jobs: Jobs;
  readonly logs: LogRoute;
  readonly stream: JobStream;
}

/** Reading jobs: list, stream, one job and all that belongs to it. */
export function addJobRoutes(api: ApiRouter, options: JobRoutesOptions): void {
  const { authorizer, jobs, logs, stream } = options;

  api.answer(rayRoutes.listJobs, async ({ caller, query }) => {
    const visible = await authorizer.jobs(caller, rayJobReadPermission);
    return jobs.list(listQuery(query), visible);
  });

  api.stream(rayRoutes.streamJobs, ({ request, caller, query }, response) =>
    stream.serve(request, response, listQuery(query, SNAPSHOT), caller),
  );

  api.answer(rayRoutes.getJob, async ({ caller, params, query }) =>
    jobs.detail(await jobs.require({ ...params, ...query }, caller), caller),
  );

  api.answer(rayRoutes.listJobPods, async ({ caller, params, query }) => ({
    items: jobs.pods(await jobs.require({ ...params, ...query }, caller)),
  }));

  api.answer(rayRoutes.listJobEvents, async ({ caller, params, query }) => ({
    items: await jobs.events(
      await jobs.require({ ...params, ...query }, caller),
    ),
  }));

  api.answer(rayRoutes.getJobManifest, async ({ caller, params, query }) => {
    const job = await jobs.require({ ...params, ...query }, caller);
    const manifest = await jobs.manifest(job);
    const secrets = rayJobSecretsReadPermission;
    return (await authorizer.covers(caller, secrets, job))
      ? manifest
      : writeYaml(redactManifest(readYaml(manifest)));
  });

  api.stream(
    rayRoutes.readJobLog,
    async ({ request, caller, params, query }, response) => {
      const job = await jobs.require({ ...params, uid: query.uid }, caller);
      await logs.allowed(caller, job);
      await logs.serve(request, response, job, query, caller);
    },
  );
}
