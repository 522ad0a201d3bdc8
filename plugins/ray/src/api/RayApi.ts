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

/** A run of a job: the one of that uid, or whichever has the name now. */
export interface RunRef extends JobRef {
  readonly uid?: string;
}

export interface LogQuery {
  /** Id of a `LogSource`. */
  readonly source: string;
  /** The container's run before its last restart. */
  readonly previous?: boolean;
  /** Only the last so many lines. */
  readonly tail?: number;
}

/**
 * The portal's view of training jobs, answered by `/api/ray`. Each promise
 * rejects with the error of `@backstage/errors` that the backend answers.
 */
export interface RayApi {
  listJobs(query: JobListRequest, signal?: AbortSignal): Promise<JobList>;
  /**
   * Starts with a `snapshot`. Reconnects by itself: with the changes since, or
   * with another snapshot where the backend can't tell them.
   */
  streamJobs(
    query: JobListRequest,
    handlers: StreamHandlers<JobStreamEvent>,
  ): CloseStream;
  /** Also a run that is over, for as long as the backend keeps it, by its uid. */
  getJob(run: RunRef, signal?: AbortSignal): Promise<JobDetail>;
  getEvents(ref: JobRef, signal?: AbortSignal): Promise<readonly JobEvent[]>;
  /** The RayJob as YAML. */
  getManifest(ref: JobRef, signal?: AbortSignal): Promise<string>;
  /** Follows the log of a run; reconnects by itself where it was. */
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
