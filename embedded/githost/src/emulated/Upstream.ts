import { randomBytes } from 'node:crypto';
import { DEVELOPER } from '../names';
import { UpstreamError } from './UpstreamError';

/** Who a request is made for: {@link BOT} (the API) or {@link DEVELOPER} (the pages). */
export type Actor = 'bot' | typeof DEVELOPER;

export interface UpstreamRequest {
  readonly method?: string;
  readonly actor?: Actor;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string or bytes go as they are; anything else as JSON. */
  readonly body?: unknown;
}

/** emulate allows each token 5,000 requests an hour, as GitHub does. */
const REQUESTS_PER_TOKEN = 4_000;

function isRaw(
  body: unknown,
): body is string | Uint8Array<ArrayBuffer> | undefined {
  return (
    body === undefined || typeof body === 'string' || body instanceof Uint8Array
  );
}

/** HTTP to the emulated GitHub. */
export class Upstream {
  readonly #url: string;
  readonly #secret: string;
  #requests = 0;
  #botToken = '';

  constructor(options: { readonly url: string; readonly secret: string }) {
    this.#url = options.url;
    this.#secret = options.secret;
  }

  /** Sends a request as it is; `path` starts with a slash and may have a query. */
  async fetch(path: string, request: UpstreamRequest = {}): Promise<Response> {
    const { method = 'GET', actor = 'bot', headers, body } = request;
    const raw = isRaw(body);
    return fetch(`${this.#url}${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        ...(raw ? {} : { 'content-type': 'application/json' }),
        ...headers,
        authorization: `token ${this.#token(actor)}`,
        'x-githost-secret': this.#secret,
      },
      body: raw ? body : JSON.stringify(body),
      redirect: 'manual',
    });
  }

  /**
   * Sends a request and wants success.
   * @throws {UpstreamError} when the answer is not 2xx
   */
  async send(path: string, request: UpstreamRequest = {}): Promise<Response> {
    const response = await this.fetch(path, request);
    if (!response.ok) {
      throw new UpstreamError(
        response.status,
        await response.json().catch(() => ({ message: response.statusText })),
      );
    }
    return response;
  }

  /**
   * The JSON of an answer.
   * @throws {UpstreamError} when it is not 2xx
   */
  async json<T>(path: string, request?: UpstreamRequest): Promise<T> {
    const response = await this.send(path, request);
    return response.json() as Promise<T>;
  }

  #token(actor: Actor): string {
    if (actor === DEVELOPER) return `${this.#secret}-developer`;
    if (this.#requests % REQUESTS_PER_TOKEN === 0) {
      this.#botToken = `bot-${randomBytes(8).toString('hex')}`;
    }
    this.#requests += 1;
    return this.#botToken;
  }
}
