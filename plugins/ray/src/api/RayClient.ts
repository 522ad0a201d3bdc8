import type { FetchApi } from '@backstage/frontend-plugin-api';
import type {
  ImageVersionsAnswer,
  JobDetail,
  JobEvents,
  JobFacets,
  JobList,
  JobStreamEvent,
  StorageStreamEvent,
  ReviewStreamEvent,
  SyncStreamEvent,
  WorkloadStatistics,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobFilter, JobRef } from '@ml-platform/rayjob';

import { followEvents, type StreamHandlers } from '../streams/followEvents';
import { refusal } from '../streams/refusal';
import type { CloseStream } from '../streams/StreamState';
import { clearly } from './clearError';
import { BASE, jobPath, runPath } from './jobPath';
import { jobListParams, type JobListRequest } from './JobListRequest';
import type { JobActionResult, RayApi, RunRef, StorageRef } from './RayApi';

const JOB_EVENTS: readonly JobStreamEvent['event'][] = [
  'snapshot',
  'upsert',
  'remove',
  'clusters',
  'counts',
];
/** {@link RayApi} over HTTP and server-sent events. */
export class RayClient implements RayApi {
  readonly #fetchApi: FetchApi;

  constructor(options: { readonly fetchApi: FetchApi }) {
    this.#fetchApi = options.fetchApi;
  }

  async listJobs(
    query: JobListRequest,
    signal?: AbortSignal,
  ): Promise<JobList> {
    const response = await this.#request(
      `${BASE}/jobs?${jobListParams(query)}`,
      { signal },
    );
    return response.json();
  }

  async countJobs(filter: JobFilter, signal?: AbortSignal): Promise<JobFacets> {
    const response = await this.#request(
      `${BASE}/jobs/facets?${jobListParams({ filter })}`,
      { signal },
    );
    return response.json();
  }

  streamJobs(
    query: JobListRequest,
    handlers: StreamHandlers<JobStreamEvent>,
  ): CloseStream {
    return followEvents({
      fetch: this.#fetchApi.fetch,
      url: () => `${BASE}/jobs/stream?${jobListParams(query)}`,
      names: JOB_EVENTS,
      handlers,
    });
  }

  async getJob(run: RunRef, signal?: AbortSignal): Promise<JobDetail> {
    const response = await this.#request(runPath(run), { signal });
    return response.json();
  }

  async getEvents(run: RunRef, signal?: AbortSignal): Promise<JobEvents> {
    const response = await this.#request(runPath(run, '/events'), { signal });
    return response.json();
  }

  async getManifest(run: RunRef, signal?: AbortSignal): Promise<string> {
    const response = await this.#request(runPath(run, '/manifest'), { signal });
    return response.text();
  }

  streamStorage(
    { namespace, name }: StorageRef,
    handlers: StreamHandlers<StorageStreamEvent>,
  ): CloseStream {
    const parts = [namespace, name].map(encodeURIComponent).join('/');
    return followEvents({
      fetch: this.#fetchApi.fetch,
      url: () => `${BASE}/storages/${parts}/stream`,
      names: ['storage'],
      handlers,
    });
  }

  streamJobReview(
    ref: JobRef,
    handlers: StreamHandlers<ReviewStreamEvent>,
  ): CloseStream {
    return followEvents({
      fetch: this.#fetchApi.fetch,
      url: () => `${jobPath(ref)}/review/stream`,
      names: ['review'],
      handlers,
    });
  }

  streamJobSync(
    ref: JobRef,
    handlers: StreamHandlers<SyncStreamEvent>,
  ): CloseStream {
    return followEvents({
      fetch: this.#fetchApi.fetch,
      url: () => `${jobPath(ref)}/sync/stream`,
      names: ['sync'],
      handlers,
    });
  }

  stopJob(ref: JobRef): Promise<JobActionResult> {
    return this.#act(`${jobPath(ref)}/stop`, 'POST');
  }

  retryJob(ref: JobRef): Promise<JobActionResult> {
    return this.#act(`${jobPath(ref)}/retry`, 'POST');
  }

  deleteJob(ref: JobRef): Promise<JobActionResult> {
    return this.#act(jobPath(ref), 'DELETE');
  }

  async syncJob(ref: JobRef): Promise<void> {
    await this.#request(`${jobPath(ref)}/sync`, { method: 'POST' });
  }

  async getStatistics(workload: string): Promise<WorkloadStatistics> {
    const query = new URLSearchParams({ workload });
    const response = await this.#request(
      `${BASE}/workloads/statistics?${query}`,
      {},
    );
    return response.json();
  }

  async listVersions(workload: string): Promise<ImageVersionsAnswer> {
    const response = await this.#request(
      `${BASE}/images/${encodeURIComponent(workload)}/versions`,
      {},
    );
    return response.json();
  }

  async #act(url: string, method: string): Promise<JobActionResult> {
    const response = await this.#request(url, { method });
    return response.json();
  }

  async #request(url: string, init: RequestInit): Promise<Response> {
    const response = await clearly(this.#fetchApi.fetch(url, init));
    if (!response.ok) {
      throw await refusal(response);
    }
    return response;
  }
}
