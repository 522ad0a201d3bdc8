import type { Permission } from '@backstage/plugin-permission-common';
import type { z } from 'zod';

/** The type of a body; events are described by {@link StreamedEvents}. */
export type BodyType =
  'application/json' | 'application/yaml' | 'text/plain' | 'text/event-stream';

/** Data of server-sent events, by event name. */
export type StreamedEvents = Readonly<Record<string, z.ZodType>>;

/** What a route answers when all is well. */
export interface RouteAnswer {
  readonly status: 200 | 201 | 202;
  readonly description: string;
  readonly content: Readonly<Partial<Record<BodyType, z.ZodType>>>;
  /** Of the content `text/event-stream`. */
  readonly events?: StreamedEvents;
}

/**
 * One route of the HTTP API: what a request may hold, who may send it, and what
 * is answered. The router checks requests against it, and the OpenAPI document
 * is made from it.
 */
export interface RouteContract {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** Below the plugin's base URL, with parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  /** Absent where everyone who is signed in may ask. */
  readonly permission?: Permission;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Headers by their names in lowercase. */
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Type of a body that the handler reads as it comes. */
  readonly upload?: string;
  readonly answer: RouteAnswer;
  /** Requests that one user may have open at once; any number where absent. */
  readonly atOnce?: number;
  /** Statuses of errors beside those that any such request can have. */
  readonly errors?: readonly ErrorStatus[];
}

export type ErrorStatus =
  400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 503;
