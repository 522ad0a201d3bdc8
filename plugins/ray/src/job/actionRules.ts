import {
  rayJobDeletePermission,
  rayJobStopPermission,
} from '@ml-platform/backstage-plugin-ray-common';
import { isTerminal, jobId, type JobSummary } from '@ml-platform/rayjob';

import type { JobActionResult, RayApi } from '../api/RayApi';
import { foreignText } from '../foreign/foreignText';
import { endingOf, endingProposal } from '../states/shownState';

/** An action on a job, with the question that confirms it. */
export interface JobAction {
  readonly id: 'stop' | 'retry' | 'delete';
  readonly title: string;
  /** True for what takes something away. */
  readonly destructive: boolean;
  /** @param live - whether the job is on its cluster, or will be */
  readonly question: (job: JobSummary, live: boolean) => string;
  readonly applies: (job: JobSummary) => boolean;
  readonly run: (api: RayApi, job: JobSummary) => Promise<JobActionResult>;
}

const inGitOnly = (job: JobSummary) =>
  job.state === 'awaiting-merge' || job.state === 'awaiting-sync';

const isEnding = (job: JobSummary) =>
  endingOf(job) !== undefined || endingProposal(job) !== undefined;

/** @param what - what goes with the job, after a comma */
const throughGit = (job: JobSummary, verb: string, what = '') =>
  job.gitops
    ? `${foreignText(job.name)} comes from git, so this opens a pull request that removes its manifest. The job is ${verb} when the pull request is merged${what}.`
    : `${foreignText(job.name)} is ${verb} on ${job.cluster} immediately${what}.`;

const deletion = (job: JobSummary, live: boolean) =>
  live
    ? `${throughGit(job, 'deleted', ', with its pods and the logs of their containers')} The portal keeps its record, and its log where logs are archived.`
    : `${foreignText(job.name)} is no longer on ${job.cluster}. This deletes what the portal keeps of it and of earlier runs with its name: their records, and their logs where logs are archived. Nobody can restore them.`;

export const JOB_ACTIONS: readonly JobAction[] = [
  {
    id: 'stop',
    title: 'Stop',
    destructive: true,
    question: job => `${throughGit(job, 'stopped')} Unsaved work is lost.`,
    applies: job => !isTerminal(job.state) && !inGitOnly(job) && !isEnding(job),
    run: (api, job) => api.stopJob(job),
  },
  {
    id: 'retry',
    title: 'Run again',
    destructive: false,
    question: job =>
      job.gitops
        ? `This opens a pull request for a new run of ${foreignText(job.workload ?? job.name)} with the same specification.`
        : `This starts a new run with the same specification on ${job.cluster}.`,
    applies: job => isTerminal(job.state),
    run: (api, job) => api.retryJob(job),
  },
  {
    id: 'delete',
    title: 'Delete',
    destructive: true,
    question: deletion,
    applies: job => !inGitOnly(job),
    run: (api, job) => api.deleteJob(job),
  },
];

/** Permissions of the actions on one job. */
export const ACTION_PERMISSIONS = {
  stop: rayJobStopPermission,
  delete: rayJobDeletePermission,
} as const;

/** The resource of a permission decision about a job. */
export const jobResourceRef = jobId;
