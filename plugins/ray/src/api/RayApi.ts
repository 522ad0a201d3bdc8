import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  JobDetail,
  JobList,
  JobStreamEvent,
  LogStreamEvent,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobEvent, JobRef } from '@ml-platform/rayjob';

import type { CloseStream, StreamState } from '../streams/StreamState';
import type { JobListRequest } from './JobListRequest';

export interface StreamHandlers<TEvent> {
  readonly onEvent: (event: TEvent) => void;
  readonly onState: (state: StreamState) => void;
}

/** A run of a job: the one with that uid or, without a uid, the current one. */
export interface RunRef extends JobRef {
  readonly uid?: string;
}

export interface LogQuery {
  /** Id of a `LogSource`. */
  readonly source: string;
  /** The container's run before its last restart. */
  readonly previous?: boolean;
  /** Number of lines to read, counted from the end. */
  readonly tail?: number;
}

/**
 * Training jobs as `/api/ray` serves them. Each promise rejects with the
 * `@backstage/errors` error that the backend sends.
 */
export interface RayApi {
  listJobs(query: JobListRequest, signal?: AbortSignal): Promise<JobList>;
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
  getEvents(ref: JobRef, signal?: AbortSignal): Promise<readonly JobEvent[]>;
  /** The RayJob as YAML. */
  getManifest(ref: JobRef, signal?: AbortSignal): Promise<string>;
  /** Follows the log of a run, and resumes where it was after a reconnect. */
  streamLog(
    run: RunRef,
    query: LogQuery,
    handlers: StreamHandlers<LogStreamEvent>,
  ): CloseStream;
  /** The whole log up to now, as text. */
  downloadLog(run: RunRef, query: LogQuery): Promise<Blob>;
  stopJob(ref: JobRef): Promise<JobActionResult>;
  /** Asks for a new run with the same specification. */
  retryJob(ref: JobRef): Promise<JobActionResult>;
  deleteJob(ref: JobRef): Promise<JobActionResult>;
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
