import { refusal } from '../streams/refusal';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type {
  JobDetail,
  JobEvent,
  JobList,
  JobRef,
  JobStreamEvent,
  LogStreamEvent,
} from '@ml-platform/backstage-plugin-ray-common';
import { jobListParams, type JobListRequest } from './JobListRequest';
import { openEventStream } from '../streams/openEventStream';
import type { CloseStream } from '../streams/StreamState';
import type {
  JobActionResult,
  LogQuery,
  RayApi,
  StreamHandlers,
} from './RayApi';

const BASE = 'plugin://ray';

const JOB_EVENTS = ['snapshot', 'upsert', 'remove', 'clusters'];
const LOG_EVENTS = ['lines', 'waiting', 'gap', 'end'];

function jobPath(ref: JobRef): string {
  const parts = [ref.cluster, ref.namespace, ref.name].map(encodeURIComponent);
  return `${BASE}/jobs/${parts.join('/')}`;
}

function logParams(query: LogQuery): URLSearchParams {
  const params = new URLSearchParams({ source: query.source });
  if (query.previous) {
    params.set('previous', 'true');
  }
  if (query.tail !== undefined) {
    params.set('tail', String(query.tail));
  }
  return params;
}

/** {@link RayApi} over HTTP and server-sent events. */
export class RayClient implements RayApi {
  private readonly fetchApi: FetchApi;

  constructor(options: { readonly fetchApi: FetchApi }) {
    this.fetchApi = options.fetchApi;
  }

  async listJobs(
    query: JobListRequest,
    signal?: AbortSignal,
  ): Promise<JobList> {
    const response = await this.request(
      `${BASE}/jobs?${jobListParams(query)}`,
      { signal },
    );
    return response.json();
  }

  streamJobs(
    query: () => JobListRequest,
    handlers: StreamHandlers<JobStreamEvent>,
  ): CloseStream {
    return openEventStream({
      url: () => `${BASE}/jobs/stream?${jobListParams(query())}`,
      fetch: this.fetchApi.fetch,
      onState: handlers.onState,
      onMessage: ({ event, data }) => {
        if (JOB_EVENTS.includes(event)) {
          handlers.onEvent({ event, data: JSON.parse(data) } as JobStreamEvent);
        }
      },
    });
  }

  async getJob(ref: JobRef, signal?: AbortSignal): Promise<JobDetail> {
    const response = await this.request(jobPath(ref), { signal });
    return response.json();
  }

  async getEvents(
    ref: JobRef,
    signal?: AbortSignal,
  ): Promise<readonly JobEvent[]> {
    const response = await this.request(`${jobPath(ref)}/events`, { signal });
    const { items } = await response.json();
    return items;
  }

  async getManifest(ref: JobRef, signal?: AbortSignal): Promise<string> {
    const response = await this.request(`${jobPath(ref)}/manifest`, { signal });
    return response.text();
  }

  streamLog(
    ref: JobRef,
    query: LogQuery,
    handlers: StreamHandlers<LogStreamEvent>,
  ): CloseStream {
    return openEventStream({
      url: cursor => {
        const params = logParams(query);
        params.set('follow', 'true');
        params.set('timestamps', 'true');
        if (cursor !== undefined) {
          // Only what came after; the lines before are already here.
          params.set('cursor', cursor);
          params.delete('tail');
        }
        return `${jobPath(ref)}/logs?${params}`;
      },
      fetch: this.fetchApi.fetch,
      onState: handlers.onState,
      onMessage: ({ event, data }) => {
        if (LOG_EVENTS.includes(event)) {
          handlers.onEvent({ event, data: JSON.parse(data) } as LogStreamEvent);
        }
        return event === 'end';
      },
    });
  }

  async downloadLog(ref: JobRef, query: LogQuery): Promise<Blob> {
    const response = await this.request(
      `${jobPath(ref)}/logs?${logParams(query)}`,
      { headers: { accept: 'text/plain' } },
    );
    return response.blob();
  }

  stopJob(ref: JobRef): Promise<JobActionResult> {
    return this.act(`${jobPath(ref)}/stop`, 'POST');
  }

  retryJob(ref: JobRef): Promise<JobActionResult> {
    return this.act(`${jobPath(ref)}/retry`, 'POST');
  }

  deleteJob(ref: JobRef): Promise<JobActionResult> {
    return this.act(jobPath(ref), 'DELETE');
  }

  private async act(url: string, method: string): Promise<JobActionResult> {
    const response = await this.request(url, { method });
    return response.json();
  }

  private async request(url: string, init: RequestInit): Promise<Response> {
    const response = await this.fetchApi.fetch(url, init);
    if (!response.ok) {
      throw await refusal(response);
    }
    return response;
  }
}
