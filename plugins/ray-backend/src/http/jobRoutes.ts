import { rayJobReadPermission } from '@ml-platform/backstage-plugin-ray-common';
import type { Router } from 'express';
import { JOB_PATH, jobRefOf } from './jobRef';
import type { RouterOptions } from './router';
import { parseJobsQuery, parseLogsQuery } from './schemas';

/** Rows that a stream's snapshot holds unless the viewer says. */
const SNAPSHOT = 500;

/** Reading jobs: list, stream, one job and all that belongs to it. */
export function addJobRoutes(router: Router, options: RouterOptions): void {
  const { authorizer, jobs, logs, stream } = options;

  router.get('/jobs', async (request, response) => {
    const caller = await authorizer.caller(request);
    const visible = await authorizer.jobs(caller, rayJobReadPermission);
    response.json(jobs.list(parseJobsQuery(request.query), visible));
  });

  router.get('/jobs/stream', async (request, response) => {
    const caller = await authorizer.caller(request);
    const query = parseJobsQuery(request.query, SNAPSHOT);
    await stream.serve(request, response, query, caller);
  });

  router.get(JOB_PATH, async (request, response) => {
    const caller = await authorizer.caller(request);
    const job = await jobs.require(jobRefOf(request), caller);
    response.json(await jobs.detail(job));
  });

  router.get(`${JOB_PATH}/pods`, async (request, response) => {
    const caller = await authorizer.caller(request);
    const job = await jobs.require(jobRefOf(request), caller);
    response.json({ items: jobs.pods(job) });
  });

  router.get(`${JOB_PATH}/events`, async (request, response) => {
    const caller = await authorizer.caller(request);
    const job = await jobs.require(jobRefOf(request), caller);
    response.json({ items: await jobs.events(job) });
  });

  router.get(`${JOB_PATH}/manifest`, async (request, response) => {
    const caller = await authorizer.caller(request);
    const job = await jobs.require(jobRefOf(request), caller);
    response.type('application/yaml').send(await jobs.manifest(job));
  });

  router.get(`${JOB_PATH}/logs`, async (request, response) => {
    const caller = await authorizer.caller(request);
    const query = parseLogsQuery(request.query);
    const run = { ...jobRefOf(request), uid: query.uid };
    const job = await jobs.require(run, caller);
    await logs.allowed(caller, job);
    await logs.serve(request, response, job, query, caller);
  });
}
