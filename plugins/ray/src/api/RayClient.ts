import type { FetchApi } from '@backstage/frontend-plugin-api';
import type {
  JobDetail,
  JobList,
  JobStreamEvent,
  LogStreamEvent,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobEvent, JobRef } from '@ml-platform/rayjob';

import { openEventStream } from '../streams/openEventStream';
import { refusal } from '../streams/refusal';
import type { CloseStream } from '../streams/StreamState';
import { jobListParams, type JobListRequest } from './JobListRequest';
import type {
  JobActionResult,
  LogQuery,
  RayApi,
  RunRef,
  StreamHandlers,
} from './RayApi';

const BASE = 'plugin://ray';

const JOB_EVENTS: readonly JobStreamEvent['event'][] = [
  'snapshot',
  'upsert',
  'remove',
  'clusters',
];
const LOG_EVENTS: readonly LogStreamEvent['event'][] = [
  'lines',
  'waiting',
  'gap',
  'end',
];

function jobPath(ref: JobRef): string {
  const parts = [ref.cluster, ref.namespace, ref.name].map(encodeURIComponent);
  return `${BASE}/jobs/${parts.join('/')}`;
}

function logParams({ uid }: RunRef, query: LogQuery): URLSearchParams {
  const params = new URLSearchParams({ source: query.source });
  if (uid) {
    params.set('uid', uid);
  }
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

  streamJobs(
    query: JobListRequest,
    handlers: StreamHandlers<JobStreamEvent>,
  ): CloseStream {
    return this.#follow({
      url: () => `${BASE}/jobs/stream?${jobListParams(query)}`,
      names: JOB_EVENTS,
      handlers,
    });
  }

  async getJob(run: RunRef, signal?: AbortSignal): Promise<JobDetail> {
    const query = run.uid ? `?${new URLSearchParams({ uid: run.uid })}` : '';
    const response = await this.#request(`${jobPath(run)}${query}`, { signal });
    return response.json();
  }

  async getEvents(
    ref: JobRef,
    signal?: AbortSignal,
  ): Promise<readonly JobEvent[]> {
    const response = await this.#request(`${jobPath(ref)}/events`, { signal });
    const { items } = await response.json();
    return items;
  }

  async getManifest(ref: JobRef, signal?: AbortSignal): Promise<string> {
    const response = await this.#request(`${jobPath(ref)}/manifest`, {
      signal,
    });
    return response.text();
  }

  streamLog(
    run: RunRef,
    query: LogQuery,
    handlers: StreamHandlers<LogStreamEvent>,
  ): CloseStream {
    return this.#follow({
      url: cursor => {
        const params = logParams(run, query);
        params.set('follow', 'true');
        params.set('timestamps', 'true');
        if (cursor !== undefined) {
          // Only ask for what came after: the lines before are already here.
          params.set('cursor', cursor);
          params.delete('tail');
        }
        return `${jobPath(run)}/logs?${params}`;
      },
      names: LOG_EVENTS,
      last: 'end',
      handlers,
    });
  }

  async downloadLog(run: RunRef, query: LogQuery): Promise<Blob> {
    const response = await this.#request(
      `${jobPath(run)}/logs?${logParams(run, query)}`,
      { headers: { accept: 'text/plain' } },
    );
    return response.blob();
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

  /** Passes on the named events, and skips others that a newer backend may send. */
  #follow<
    TEvent extends { readonly event: string; readonly data: unknown },
  >(options: {
    readonly url: (cursor: string | undefined) => string;
    readonly names: readonly TEvent['event'][];
    /** The event that ends the stream. */
    readonly last?: TEvent['event'];
    readonly handlers: StreamHandlers<TEvent>;
  }): CloseStream {
    const { url, names, last, handlers } = options;
    return openEventStream({
      url,
      fetch: this.#fetchApi.fetch,
      onState: handlers.onState,
      onMessage: ({ event, data }) => {
        const name = names.find(each => each === event);
        if (name) {
          handlers.onEvent({ event: name, data: JSON.parse(data) } as TEvent);
        }
        return event === last;
      },
    });
  }

  async #act(url: string, method: string): Promise<JobActionResult> {
    const response = await this.#request(url, { method });
    return response.json();
  }

  async #request(url: string, init: RequestInit): Promise<Response> {
    const response = await this.#fetchApi.fetch(url, init);
    if (!response.ok) {
      throw await refusal(response);
    }
    return response;
  }
}
