import {
  EventSourceParserStream,
  type EventSourceMessage,
} from 'eventsource-parser/stream';
import type {
  JobDetail,
  LogLine,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';
import { sleep } from '@ml-platform/kube';
import type { RealBackend } from './realBackend';

/** A job's log as a viewer got it: its lines, and where one was told something. */
export interface SeenLog {
  readonly lines: LogLine[];
  readonly gaps: string[];
  readonly waits: string[];
  /** Of each batch of lines. */
  readonly cursors: string[];
  /** The reason of its end, or the status of an answer that is no log. */
  end?: string;
}

const nothingYet = (): SeenLog => ({
  lines: [],
  gaps: [],
  waits: [],
  cursors: [],
});

/** Somebody who looks at the jobs of one cluster through the portal's API. */
export class Viewer {
  readonly #leaving = new AbortController();
  #heardAt = Date.now();

  readonly #backend: RealBackend;
  readonly #cluster: string;

  constructor(backend: RealBackend, cluster: string) {
    this.#backend = backend;
    this.#cluster = cluster;
  }

  /** Ends all that is watched or read. */
  leave(): void {
    this.#leaving.abort();
  }

  /** Resolves when nothing has come for some milliseconds. */
  async quiet(ms: number): Promise<void> {
    while (Date.now() < this.#heardAt + ms) {
      await sleep(ms / 10);
    }
  }

  /** Tells of each row as the list shows it, until the viewer leaves. */
  async watchList(onRow: (row: JobSummary) => void): Promise<void> {
    for await (const { event, data } of this.#events('/jobs/stream')) {
      if (event === 'upsert') {
        onRow(JSON.parse(data) as JobSummary);
      }
    }
  }

  async detail(namespace: string, name: string): Promise<JobDetail> {
    const response = await this.#request(this.#path(namespace, name));
    return (await response.json()) as JobDetail;
  }

  /**
   * Reads a log to its end, or until the viewer leaves.
   *
   * @param options.reconnect - reads on from the last cursor over a new
   * connection after each batch of lines
   */
  async readLog(
    job: JobSummary,
    options: {
      readonly source?: string;
      readonly follow?: boolean;
      readonly reconnect?: boolean;
    } = {},
  ): Promise<SeenLog> {
    const { source = 'driver', follow = false, reconnect } = options;
    const seen = nothingYet();
    const path = `${this.#path(job.namespace, job.name)}/logs`;
    while (seen.end === undefined && !this.#leaving.signal.aborted) {
      const query = new URLSearchParams({ source, follow: String(follow) });
      const cursor = seen.cursors.at(-1);
      if (cursor) {
        query.set('cursor', cursor);
      }
      const response = await this.#open(`${path}?${query}`);
      if (response && !response.ok) {
        seen.end = `${response.status}`;
        break;
      }
      for await (const event of this.#messages(response)) {
        take(seen, event);
        if (reconnect && event.event === 'lines') {
          break;
        }
      }
    }
    return seen;
  }

  #path(namespace: string, name: string): string {
    return `/jobs/${this.#cluster}/${namespace}/${name}`;
  }

  async *#events(path: string): AsyncGenerator<EventSourceMessage> {
    yield* this.#messages(await this.#open(path));
  }

  /** Asks for a stream; nothing comes when the viewer leaves. */
  async #open(path: string): Promise<Response | undefined> {
    try {
      return await this.#ask(path, 'text/event-stream');
    } catch (error) {
      if (!this.#leaving.signal.aborted) {
        throw error;
      }
      return undefined;
    }
  }

  async *#messages(
    response: Response | undefined,
  ): AsyncGenerator<EventSourceMessage> {
    try {
      const messages = response?.body
        ?.pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream());
      for await (const message of messages ?? []) {
        this.#heardAt = Date.now();
        yield message;
      }
    } catch (error) {
      if (!this.#leaving.signal.aborted) {
        throw error;
      }
    }
  }

  async #request(path: string): Promise<Response> {
    const response = await this.#ask(path);
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
    return response;
  }

  #ask(path: string, accept = '*/*'): Promise<Response> {
    return fetch(`${this.#backend.baseUrl}/api/ray${path}`, {
      headers: { ...this.#backend.headers, accept },
      signal: this.#leaving.signal,
    });
  }
}

function take(seen: SeenLog, { event, data, id }: EventSourceMessage): void {
  const value = JSON.parse(data);
  switch (event) {
    case 'lines':
      seen.lines.push(...value.lines);
      seen.cursors.push(id ?? '');
      break;
    case 'gap':
      seen.gaps.push(value.reason);
      break;
    case 'end':
      seen.end = value.reason;
      break;
    default:
      seen.waits.push(value.message);
  }
}
