import type { FetchApi } from '@backstage/frontend-plugin-api';
import type {
  LogLinesAnswer,
  LogLinesEvent,
  LogSearchEvent,
} from '@ml-platform/backstage-plugin-ray-common';
import { eventBody } from '../streams/eventBody';
import { followEvents, type StreamHandlers } from '../streams/followEvents';
import { readEvents } from '../streams/readEvents';
import { refusal } from '../streams/refusal';
import type { CloseStream } from '../streams/StreamState';
import { clearly } from './clearError';
import { jobPath } from './jobPath';
import type {
  LogApi,
  LogLinesRequest,
  LogQuery,
  LogSearchRequest,
  SearchOptions,
} from './LogApi';
import type { RunRef } from './RayApi';

const SEARCH_EVENTS: readonly LogSearchEvent['event'][] = [
  'matches',
  'progress',
  'end',
];

/** Address of a log, or of one of its views, with a query. */
function addressOf(run: RunRef, view: string, query: object): string {
  const params = new URLSearchParams();
  const all: [string, unknown][] = Object.entries({ ...query, uid: run.uid });
  for (const [name, value] of all) {
    // What is off needs no word.
    if (value !== undefined && value !== false && value !== '') {
      params.set(name, String(value));
    }
  }
  return `${jobPath(run)}/logs${view}?${params}`;
}

/** {@link LogApi} over HTTP and server-sent events. */
export class LogClient implements LogApi {
  readonly #fetchApi: FetchApi;

  constructor(options: { readonly fetchApi: FetchApi }) {
    this.#fetchApi = options.fetchApi;
  }

  follow(
    run: RunRef,
    query: LogQuery,
    handlers: StreamHandlers<LogLinesEvent>,
  ): CloseStream {
    return followEvents({
      fetch: this.#fetchApi.fetch,
      url: () => addressOf(run, '/lines/stream', query),
      names: ['log', 'end'],
      last: 'end',
      handlers,
    });
  }

  async readLines(
    run: RunRef,
    request: LogLinesRequest,
    signal?: AbortSignal,
  ): Promise<LogLinesAnswer> {
    const url = addressOf(run, '/lines', request);
    const response = await this.#request(url, { signal });
    return response.json();
  }

  async search(
    run: RunRef,
    request: LogSearchRequest,
    { onEvent, signal }: SearchOptions,
  ): Promise<void> {
    const response = await this.#request(addressOf(run, '/search', request), {
      headers: { accept: 'text/event-stream' },
      signal,
    });
    let isThrough = false;
    await readEvents({
      body: eventBody(response),
      signal,
      onEvent: ({ event, data }) => {
        const name = SEARCH_EVENTS.find(each => each === event);
        if (name) {
          isThrough ||= name === 'end';
          onEvent({ event: name, data: JSON.parse(data) } as LogSearchEvent);
        }
      },
    });
    if (!isThrough && !signal.aborted) {
      throw new Error('The connection broke before the search was through');
    }
  }

  async download(run: RunRef, query: LogQuery): Promise<Blob> {
    const response = await this.#request(addressOf(run, '', query), {
      headers: { accept: 'text/plain' },
    });
    return response.blob();
  }

  async #request(url: string, init: RequestInit): Promise<Response> {
    const response = await clearly(this.#fetchApi.fetch(url, init));
    if (!response.ok) {
      throw await refusal(response);
    }
    return response;
  }
}
