import {
  EventSourceParserStream,
  type EventSourceMessage,
} from 'eventsource-parser/stream';
import { CLUSTER, NAMESPACE, PORTAL_PORT } from './target';

const URL_OF_PORTAL = `http://localhost:${PORTAL_PORT}`;

/** What the tests read of a job's row. */
export interface Summary {
  readonly name: string;
  readonly state: string;
  readonly reason?: string;
  readonly message?: string;
  readonly attempt: number;
  readonly workers: { readonly desired: number; readonly ready: number };
}

export interface Detail {
  readonly summary: Summary;
  readonly pods: readonly { readonly name: string; readonly role: string }[];
  readonly attempts: readonly {
    readonly attempt: number;
    readonly state: string;
  }[];
  readonly live: boolean;
}

/** A log as a page of the portal sees it, whole. */
export interface ReadLog {
  readonly lines: readonly string[];
  readonly gaps: readonly string[];
  readonly end: { readonly reason: string; readonly message?: string };
}

/** Milliseconds between two looks at what is waited for. */
const LOOK_MS = 500;

/** The portal's API, as a guest who is signed in uses it. */
export class Portal {
  /** Of a guest, as command lines take it. */
  readonly token: string;

  private constructor(token: string) {
    this.token = token;
  }

  static async signIn(): Promise<Portal> {
    const response = await fetch(`${URL_OF_PORTAL}/api/auth/guest/refresh`, {
      method: 'POST',
    });
    const { backstageIdentity } = (await response.json()) as {
      backstageIdentity: { token: string };
    };
    return new Portal(backstageIdentity.token);
  }

  /** An answer of /api/ray; throws with the portal's own words for a refusal. */
  async ray<T>(path: string, init: RequestInit = {}): Promise<T> {
    const response = await this.request(`/api/ray${path}`, init);
    return (await response.json()) as T;
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(URL_OF_PORTAL + path, {
      ...init,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(init.body ? { 'content-type': 'application/json' } : {}),
        ...init.headers,
      },
    });
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
    return response;
  }

  submit(job: object): Promise<unknown> {
    return this.ray('/jobs', {
      method: 'POST',
      body: JSON.stringify({ cluster: CLUSTER, job }),
    });
  }

  detail(name: string, namespace = NAMESPACE): Promise<Detail> {
    return this.ray(`/jobs/${CLUSTER}/${namespace}/${name}`);
  }

  /** Waits until the job is as wanted; tells what it was last where it never is. */
  async until(
    name: string,
    accept: (detail: Detail) => boolean,
    { seconds = 240, namespace = NAMESPACE } = {},
  ): Promise<Detail> {
    const deadline = Date.now() + seconds * 1_000;
    let last: unknown;
    while (Date.now() < deadline) {
      try {
        const detail = await this.detail(name, namespace);
        if (accept(detail)) return detail;
        last = detail.summary;
      } catch (error) {
        last = error;
      }
      await new Promise(resolve => setTimeout(resolve, LOOK_MS));
    }
    const told = last instanceof Error ? last.message : JSON.stringify(last);
    throw new Error(`${name} within ${seconds} s: last seen as ${told}`);
  }

  untilState(name: string, ...states: readonly string[]): Promise<Detail> {
    return this.until(name, ({ summary }) => states.includes(summary.state));
  }

  /** Follows a log to its end, and on over connections that break. */
  async readLog(
    name: string,
    source = 'driver',
    onLine: (line: string) => void = () => undefined,
  ): Promise<ReadLog> {
    const lines: string[] = [];
    const gaps: string[] = [];
    const events = await this.#events(
      `/jobs/${CLUSTER}/${NAMESPACE}/${name}/logs?follow=true&source=${encodeURIComponent(source)}`,
    );
    for await (const { event, data } of events) {
      const value = JSON.parse(data);
      if (event === 'lines') {
        for (const { text } of value.lines) {
          lines.push(text);
          onLine(text);
        }
      } else if (event === 'gap') {
        gaps.push(value.reason);
      } else if (event === 'end') {
        return { lines, gaps, end: value };
      }
    }
    throw new Error(`The log of ${name} broke off without an end`);
  }

  async #events(path: string): Promise<AsyncIterable<EventSourceMessage>> {
    const { body } = await this.request(`/api/ray${path}`, {
      headers: { accept: 'text/event-stream' },
    });
    if (!body) throw new Error(`${path} has no body`);
    return body
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream());
  }
}
