import {
  rayJobDeletePermission,
  rayJobStopPermission,
} from '@ml-platform/backstage-plugin-ray-common';
import { isTerminal, jobId, type JobSummary } from '@ml-platform/rayjob';

import type { JobActionResult, RayApi } from '../api/RayApi';
import { foreignText } from '../foreign/foreignText';

/** Something that can be done to a job, with the question asked before. */
export interface JobAction {
  readonly id: 'stop' | 'retry' | 'delete';
  readonly title: string;
  readonly question: (job: JobSummary) => string;
  readonly applies: (job: JobSummary) => boolean;
  readonly run: (api: RayApi, job: JobSummary) => Promise<JobActionResult>;
}

const inGitOnly = (job: JobSummary) =>
  job.state === 'awaiting-merge' || job.state === 'awaiting-sync';

const throughGit = (job: JobSummary, verb: string) =>
  job.gitops
    ? `Git owns ${foreignText(job.name)}: this opens a pull request that removes its manifest, and the job is ${verb} when it is merged.`
    : `${foreignText(job.name)} is ${verb} on ${job.cluster} at once.`;

export const JOB_ACTIONS: readonly JobAction[] = [
  {
    id: 'stop',
    title: 'Stop',
    question: job =>
      `${throughGit(job, 'stopped')} What it has not saved is lost.`,
    applies: job => !isTerminal(job.state) && !inGitOnly(job),
    run: (api, job) => api.stopJob(job),
  },
  {
    id: 'retry',
    title: 'Run again',
    question: job =>
      job.gitops
        ? `This opens a pull request with a new run of ${foreignText(job.workload ?? job.name)}, from the same specification.`
        : `This starts a new run from the same specification on ${job.cluster}.`,
    applies: job => isTerminal(job.state),
    run: (api, job) => api.retryJob(job),
  },
  {
    id: 'delete',
    title: 'Delete',
    question: job =>
      `${throughGit(job, 'deleted')} Its pods and their logs go with it.`,
    applies: job => !inGitOnly(job),
    run: (api, job) => api.deleteJob(job),
  },
];

/** Permission for each action that is about one job. */
export const ACTION_PERMISSIONS = {
  stop: rayJobStopPermission,
  delete: rayJobDeletePermission,
} as const;

/** What a permission decision about a job refers to. */
export const jobResourceRef = jobId;
