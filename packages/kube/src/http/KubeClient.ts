import { ServiceUnavailableError } from '@backstage/errors';
import * as http from 'node:http';
import * as https from 'node:https';
import type { ClusterAccess } from '../credentials/ClusterAccess';
import { SignIn, SignInAbortedError } from '../credentials/SignIn';
import { AgentPool } from './AgentPool';
import { ClientClosedError, connectionError, responseError } from './errors';
import { ItemSplitter } from './ItemSplitter';
import { readAll } from './readAll';

export type Query = Readonly<
  Record<string, string | number | boolean | undefined>
>;

export interface KubeRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path from the API server's root, as `/api/v1/namespaces`. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds for the whole answer; for a stream, for its headers. */
  readonly timeoutMs?: number;
}

export interface KubeClientOptions {
  /** Where the cluster is and how to be let in; asked for each request. */
  readonly access: ClusterAccess;
  /** Milliseconds that a request may take unless it says else. */
  readonly timeoutMs?: number;
}

const MAX_ERROR_BODY = 64 * 1024;

/**
 * Requests to one cluster's API server, each with a limit of time, over
 * connections that are kept open.
 */
export class KubeClient {
  readonly #signIn: SignIn;
  readonly #timeoutMs: number;
  readonly #agents = new AgentPool();
  #server = 'The API server';
  #closed = false;

  constructor(options: KubeClientOptions) {
    this.#signIn = new SignIn(options.access);
    this.#timeoutMs = options.timeoutMs ?? 10_000;
  }

  /**
   * The parsed JSON of an answer.
   *
   * @throws {NotFoundError}, {ConflictError}, {InputError}, {NotAllowedError},
   * {AuthenticationError} or {ResourceExpiredError} when the API server says so
   * @throws {ServiceUnavailableError} when it can't be reached in time
   * @throws {ClientClosedError} after {@link KubeClient.close}
   */
  async json<T>(request: KubeRequest): Promise<T> {
    return JSON.parse(await this.text(request)) as T;
  }

  /** The text of an answer; errors as of {@link KubeClient.json}. */
  text(request: KubeRequest): Promise<string> {
    return this.#read(request, answer => readAll(answer));
  }

  /**
   * The JSON of a list whose items are given out one by one as they come, and are
   * then forgotten; errors as of {@link KubeClient.json}.
   *
   * @param onItem - may have got items of an answer that breaks off
   * @returns the list without its items
   */
  items<Item, List>(
    request: KubeRequest,
    onItem: (item: Item) => void,
  ): Promise<List> {
    return this.#read(request, async answer => {
      const splitter = new ItemSplitter();
      for await (const piece of answer) {
        for (const item of splitter.split(piece)) {
          onItem(JSON.parse(item) as Item);
        }
      }
      return JSON.parse(splitter.around()) as List;
    });
  }

  async #read<T>(
    request: KubeRequest,
    read: (answer: http.IncomingMessage) => Promise<T>,
  ): Promise<T> {
    const timeoutMs = request.timeoutMs ?? this.#timeoutMs;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = request.signal
      ? AbortSignal.any([request.signal, timeout])
      : timeout;
    let answer: http.IncomingMessage | undefined;
    try {
      answer = await this.#open(request, signal);
      return await read(answer);
    } catch (error) {
      if (timeout.aborted && !request.signal?.aborted) {
        throw this.#timedOut(timeoutMs, error);
      }
      // The connection broke in the middle of the answer.
      throw answer?.errored === error && !signal.aborted
        ? connectionError(new URL(this.#server).host, error)
        : error;
    }
  }

  /**
   * A successful answer as it comes. The caller reads or destroys it;
   * errors as of {@link KubeClient.json}.
   */
  async stream(request: KubeRequest): Promise<http.IncomingMessage> {
    const timeoutMs = request.timeoutMs ?? this.#timeoutMs;
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), timeoutMs);
    const signal = request.signal
      ? AbortSignal.any([request.signal, limit.signal])
      : limit.signal;
    try {
      return await this.#open(request, signal);
    } catch (error) {
      throw limit.signal.aborted && !request.signal?.aborted
        ? this.#timedOut(timeoutMs, error)
        : error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Breaks all connections; whoever asks on is told that this client is closed. */
  close(): void {
    this.#closed = true;
    this.#agents.close();
  }

  #timedOut(timeoutMs: number, error: unknown): Error {
    const seconds = timeoutMs / 1000;
    return new ServiceUnavailableError(
      error instanceof SignInAbortedError
        ? `The credentials for the cluster did not come within ${seconds} s; check the command or server that gives them`
        : `${this.#server} did not answer within ${seconds} s`,
    );
  }

  async #open(
    request: KubeRequest,
    signal: AbortSignal,
  ): Promise<http.IncomingMessage> {
    let response = await this.#send(request, signal);
    if (response.statusCode === 401 && this.#signIn.refused()) {
      // They may have been renewed meanwhile. Nothing was done, so that any
      // method can be tried again.
      response.resume();
      response = await this.#send(request, signal);
    }
    const statusCode = response.statusCode ?? 0;
    if (statusCode >= 200 && statusCode < 300) {
      return response;
    }
    throw responseError(
      statusCode,
      await readAll(response, MAX_ERROR_BODY).catch(() => ''),
      this.#signIn.remedy,
    );
  }

  async #send(
    request: KubeRequest,
    signal: AbortSignal,
    retried = false,
  ): Promise<http.IncomingMessage> {
    const { server, options, viaProxy } = await this.#signIn.for(signal);
    if (this.#closed) {
      throw new ClientClosedError(
        'The cluster is no longer there, or reached in another way now; try again',
      );
    }
    this.#server = server;
    const url = new URL(server + request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) {
        url.searchParams.set(name, String(value));
      }
    }
    const secure = url.protocol === 'https:';
    const body =
      request.body === undefined ? undefined : JSON.stringify(request.body);
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const outgoing = (secure ? https : http).request(
        url,
        {
          method: request.method ?? 'GET',
          agent: this.#agents.take(options, secure, viaProxy),
          auth: options.auth,
          signal,
          headers: {
            accept: request.accept ?? 'application/json',
            'user-agent': 'ml-platform',
            ...options.headers,
            ...(body === undefined
              ? {}
              : {
                  'content-type': request.contentType ?? 'application/json',
                  'content-length': Buffer.byteLength(body),
                }),
          },
        },
        resolve,
      );
      outgoing.on('error', error => {
        if (signal.aborted) {
          reject(error);
        } else if (
          // The server closed an idle connection just as it was taken up.
          outgoing.reusedSocket &&
          !retried &&
          (request.method ?? 'GET') === 'GET'
        ) {
          this.#send(request, signal, true).then(resolve, reject);
        } else {
          reject(connectionError(url.host, error));
        }
      });
      outgoing.end(body);
    });
  }
}
