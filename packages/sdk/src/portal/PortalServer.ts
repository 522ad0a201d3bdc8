import {
  InputError,
  isError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  environmentFetch,
  type Environment,
  type Fetch,
} from './environmentFetch';

export interface PortalServerOptions {
  /** Where the portal's backend answers, for example `https://portal.example.com`. */
  readonly url: string;
  /** Names a proxy; the process's own by default. */
  readonly environment?: Environment;
  /** Milliseconds until an answer has to begin. */
  readonly timeoutMs?: number;
}

const TIMEOUT = 30_000;

/** @throws {InputError} when the text is no address */
function normalize(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InputError(
      `'${text}' isn't the address of a portal; use one like https://portal.example.com`,
    );
  }
  return text.replace(/\/+$/, '');
}

/** What is wrong with a connection, from the innermost of the nested errors. */
function causeOf(error: unknown): string {
  if (!isError(error)) {
    return String(error);
  }
  // Of several addresses that were tried, the first.
  const { cause = [error.errors].flat()[0] } = error;
  return cause ? causeOf(cause) : error.message;
}

/** Sends requests to a portal, and says so when they don't arrive. */
export class PortalServer {
  readonly url: string;
  readonly #fetch: Fetch;
  readonly #timeoutMs: number;

  /** @throws {InputError} when the URL is none */
  constructor(options: PortalServerOptions) {
    const { environment = process.env, timeoutMs = TIMEOUT } = options;
    this.url = normalize(options.url);
    this.#fetch = environmentFetch(environment);
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Sends a request and answers whatever comes back, also a refusal.
   * @throws {ServiceUnavailableError} when nothing comes in time
   */
  async ask(request: Request): Promise<Response> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), this.#timeoutMs);
    const signal = AbortSignal.any([request.signal, limit.signal]);
    try {
      return await this.#fetch.send(new Request(request, { signal }));
    } catch (error) {
      request.signal.throwIfAborted();
      throw new ServiceUnavailableError(
        limit.signal.aborted
          ? `The portal at ${this.url} didn't answer within ${this.#timeoutMs / 1_000} s`
          : `Couldn't reach the portal at ${this.url}: ${causeOf(error)}`,
      );
    } finally {
      clearTimeout(timer);
    }
  }

  /** Closes the connections. */
  close(): void {
    this.#fetch.close();
  }
}
