import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  ImageVersionsAnswer,
  JobDetail,
  JobEvents,
  JobFacets,
  JobList,
  JobStreamEvent,
  ReviewStreamEvent,
  StorageStreamEvent,
  SyncStreamEvent,
  WorkloadStatistics,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobFilter, JobRef } from '@ml-platform/rayjob';

import type { StreamHandlers } from '../streams/followEvents';
import type { CloseStream } from '../streams/StreamState';
import type { JobListRequest } from './JobListRequest';

/** A run of a job: the one with that uid or, without a uid, the current one. */
export interface RunRef extends JobRef {
  readonly uid?: string;
}

/** Where a workload's storage is on the management cluster. */
export interface StorageRef {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Training jobs as `/api/ray` serves them. Each promise rejects with the
 * `@backstage/errors` error that the backend sends.
 */
export interface RayApi {
  listJobs(query: JobListRequest, signal?: AbortSignal): Promise<JobList>;
  /** What jobs can be filtered by, with the number of jobs of each value. */
  countJobs(filter: JobFilter, signal?: AbortSignal): Promise<JobFacets>;
  /**
   * Starts with a `snapshot` and reconnects automatically: with the changes since
   * then or, if the backend doesn't know them, with another snapshot.
   */
  streamJobs(
    query: JobListRequest,
    handlers: StreamHandlers<JobStreamEvent>,
  ): CloseStream;
  /** With a uid, also finds an earlier run for as long as the backend keeps it. */
  getJob(run: RunRef, signal?: AbortSignal): Promise<JobDetail>;
  /** Events of a run, also of one that is gone. */
  getEvents(run: RunRef, signal?: AbortSignal): Promise<JobEvents>;
  /** The RayJob of a run as YAML. */
  getManifest(run: RunRef, signal?: AbortSignal): Promise<string>;
  /** Follows the state of a workload's storage. */
  streamStorage(
    ref: StorageRef,
    handlers: StreamHandlers<StorageStreamEvent>,
  ): CloseStream;
  /** Follows the checks and reviews of the pull request that a job waits for. */
  streamJobReview(
    ref: JobRef,
    handlers: StreamHandlers<ReviewStreamEvent>,
  ): CloseStream;
  /** Follows what Argo CD says of a job. */
  streamJobSync(
    ref: JobRef,
    handlers: StreamHandlers<SyncStreamEvent>,
  ): CloseStream;
  stopJob(ref: JobRef): Promise<JobActionResult>;
  /** Asks for a new run with the same specification. */
  retryJob(ref: JobRef): Promise<JobActionResult>;
  deleteJob(ref: JobRef): Promise<JobActionResult>;
  /** Asks Argo CD to sync the job now; resolves before that has ended. */
  syncJob(ref: JobRef): Promise<void>;
  /** How the runs of a workload ended in the last weeks. */
  getStatistics(workload: string): Promise<WorkloadStatistics>;
  /** Versions of a workload's image, newest first; none where there is none yet. */
  listVersions(workload: string): Promise<ImageVersionsAnswer>;
}

/**
 * How a change was carried out: on the cluster, or, for a job that git owns,
 * proposed by a pull request. `job` is the new run after `retryJob`.
 */
export type JobActionResult =
  | { readonly via: 'cluster'; readonly job: JobRef }
  | {
      readonly via: 'git';
      readonly job: JobRef;
      readonly pullRequestUrl: string;
    };

export const rayApiRef = createApiRef<RayApi>().with({
  id: 'plugin.ray.service',
  pluginId: 'ray',
});
