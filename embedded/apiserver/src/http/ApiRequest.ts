import { IncomingMessage, ServerResponse } from 'node:http';
import { Accepted } from './accept';
import { User } from './authenticate';

/** A request whose user is known. */
export interface ApiRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  /** Decoded parts of the path. */
  readonly segments: readonly string[];
  readonly url: URL;
  readonly query: URLSearchParams;
  readonly user: User;
  readonly accepted: Accepted;
}
