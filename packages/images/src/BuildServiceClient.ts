import { openAsBlob } from 'node:fs';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import type {
  ImageBuild,
  ImageBuilder,
  ImageBuildLog,
  ImageBuildRequest,
} from './ImageBuilder';

/** The digest of a service is that of the content: only the registry knows the image's. */
async function readBuild(response: Response): Promise<ImageBuild> {
  return { ...(await response.json()), digest: undefined };
}

/** An {@link ImageBuilder} behind the HTTP interface of the build service. */
export class BuildServiceClient implements ImageBuilder {
  readonly #url: string;
  readonly #token: string | undefined;

  constructor(options: {
    /** Address of the service. */
    readonly url: string;
    /** Bearer token. */
    readonly token?: string;
  }) {
    this.#url = options.url.replace(/\/+$/, '');
    this.#token = options.token;
  }

  async start(request: ImageBuildRequest): Promise<ImageBuild> {
    const { image, version, dockerfile, contextFile, signal } = request;
    if (request.push === false || request.platform) {
      throw new InputError(
        'A build service pushes each image, for the platform that it runs on; choose a builder on this machine for anything else',
      );
    }
    const query = new URLSearchParams({ image, version, dockerfile });
    for (const [name, value] of Object.entries(request.labels ?? {})) {
      query.append('label', `${name}=${value}`);
    }
    const response = await this.#fetch(`/builds?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-tar' },
      body: await openAsBlob(contextFile),
      signal,
    });
    return readBuild(response);
  }

  async get(
    id: string,
    options?: { signal?: AbortSignal },
  ): Promise<ImageBuild> {
    const response = await this.#fetch(`/builds/${encodeURIComponent(id)}`, {
      signal: options?.signal,
    });
    return readBuild(response);
  }

  async log(
    id: string,
    offset: number,
    options?: { signal?: AbortSignal },
  ): Promise<ImageBuildLog> {
    const response = await this.#fetch(
      `/builds/${encodeURIComponent(id)}/log?offset=${offset}`,
      { signal: options?.signal },
    );
    const bytes = await response.bytes();
    const next = response.headers.get('x-log-offset');
    return { bytes, nextOffset: next ? Number(next) : offset + bytes.length };
  }

  async cancel(id: string): Promise<void> {
    await this.#fetch(`/builds/${encodeURIComponent(id)}`, {
      method: 'DELETE',
    });
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(`${this.#url}${path}`, {
        ...init,
        headers: {
          ...init.headers,
          ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}),
        },
      });
    } catch (error) {
      init.signal?.throwIfAborted();
      throw new ServiceUnavailableError(
        `Couldn't reach the build service at ${this.#url}. Check that it's running, and check ray.builder.url`,
        toError(error),
      );
    }
    if (!response.ok) {
      throw await this.#problem(response);
    }
    return response;
  }

  async #problem(response: Response): Promise<Error> {
    const text = await response.text();
    let message = text || response.statusText;
    try {
      message = JSON.parse(text).error?.message ?? message;
    } catch {
      // Not the service's own answer, for example that of a proxy: show its text.
    }
    switch (response.status) {
      case 400:
      case 413:
      case 422:
        return new InputError(message);
      case 401:
      case 403:
        return new NotAllowedError(
          `The build service refuses the portal: ${message}. Check ray.builder.token`,
        );
      case 404:
        return new NotFoundError(message);
      case 409:
        return new ConflictError(message);
      default:
        return new ServiceUnavailableError(
          `The build service answered ${response.status}: ${message}`,
        );
    }
  }
}
