import { isDeepStrictEqual } from 'node:util';
import {
  NotAllowedError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import { isLoopbackRegistry, type ImageReference } from '../imageReference';
import { DOCKER_HUB, type RegistryCredential } from './findCredential';
import { isGoogleRegistry, RegistryCredentials } from './RegistryCredentials';
import { MANIFEST_TYPES } from './registrySchemas';
import { signIn } from './signIn';

export interface RegistryCall {
  readonly signal?: AbortSignal;
}

/** Milliseconds that a registry has for one answer. */
const PATIENCE = 30_000;

/** Where the API of a registry is. */
function apiUrl(registry: string, plainHttp: boolean): string {
  const host = registry === DOCKER_HUB ? 'registry-1.docker.io' : registry;
  return `${plainHttp ? 'http' : 'https'}://${host}`;
}

/** Requests to registries, signed in as each of them asks. */
export class RegistryHttp {
  readonly #credentials: RegistryCredentials;
  readonly #plainHttp: ReadonlySet<string>;
  readonly #headers = new Map<string, string>();

  constructor(options: {
    readonly env: NodeJS.ProcessEnv;
    /** Bearer tokens of registries that have no other way in, by their host. */
    readonly tokens?: Readonly<Record<string, string>>;
    /** Hosts that have no TLS, beside those of this machine. */
    readonly plainHttp?: readonly string[];
    /** Tokens for registries of Google Cloud that nobody has signed in to. */
    readonly googleToken?: () => Promise<string>;
  }) {
    this.#credentials = new RegistryCredentials(options);
    this.#plainHttp = new Set(options.plainHttp);
    for (const [host, token] of Object.entries(options.tokens ?? {})) {
      this.#headers.set(host, `Bearer ${token}`);
    }
  }

  /** True for a registry without TLS. */
  isPlainHttp(registry: string): boolean {
    return isLoopbackRegistry(registry) || this.#plainHttp.has(registry);
  }

  /**
   * The answer; `undefined` for what there is not.
   * @throws {NotAllowedError} when the registry refuses
   * @throws {ServiceUnavailableError} when it doesn't answer
   */
  async get(
    { registry, repository }: Pick<ImageReference, 'registry' | 'repository'>,
    path: string,
    { signal }: RegistryCall,
    method: 'GET' | 'HEAD' = 'GET',
  ): Promise<Response | undefined> {
    const url = `${apiUrl(registry, this.isPlainHttp(registry))}${path}`;
    const place = `${registry}/${repository}`;
    const ask = () =>
      this.#fetch(registry, url, {
        method,
        headers: {
          accept: `${MANIFEST_TYPES}, application/json, */*;q=0.1`,
          ...this.#authorization(place, registry),
        },
        signal,
      });
    const response = await ask();
    if (response.status !== 401) {
      return checked(response, registry, repository);
    }
    return this.#enter(registry, signal, async credential => {
      const header = await signIn({
        registry,
        repository,
        challenge: response.headers.get('www-authenticate') ?? '',
        credential,
        fetch: (target, init) =>
          this.#fetch(registry, target, { ...init, signal }),
      });
      if (header) {
        this.#headers.set(place, header);
      }
      return checked(header ? await ask() : response, registry, repository);
    });
  }

  /**
   * Goes in with the credentials that are known. A helper's may last only an hour: if the
   * registry refuses them, goes in once more with those that the helper gives out now.
   */
  async #enter<T>(
    registry: string,
    signal: AbortSignal | undefined,
    enter: (credential: RegistryCredential | undefined) => Promise<T>,
  ): Promise<T> {
    const known = await this.#credentials.of(registry, { signal });
    try {
      return await enter(known);
    } catch (error) {
      if (!known || !(error instanceof NotAllowedError)) {
        throw error;
      }
      const refused = known;
      const now = await this.#credentials.of(registry, { refused, signal });
      if (isDeepStrictEqual(now, known)) {
        throw error;
      }
      return enter(now);
    }
  }

  #authorization(place: string, registry: string): Record<string, string> {
    const header = this.#headers.get(place) ?? this.#headers.get(registry);
    return header ? { authorization: header } : {};
  }

  async #fetch(
    registry: string,
    url: string,
    init: RequestInit,
  ): Promise<Response> {
    const limit = AbortSignal.timeout(PATIENCE);
    try {
      return await fetch(url, {
        ...init,
        signal: init.signal ? AbortSignal.any([init.signal, limit]) : limit,
      });
    } catch (error) {
      init.signal?.throwIfAborted();
      throw new ServiceUnavailableError(
        `Couldn't reach the registry ${registry}; check its address and the network`,
        toError(error),
      );
    }
  }
}

function checked(
  response: Response,
  registry: string,
  repository: string,
): Response | undefined {
  switch (response.status) {
    case 404:
      return undefined;
    case 401:
    case 403:
      throw new NotAllowedError(
        isGoogleRegistry(registry)
          ? `The registry ${registry} doesn't let you see ${repository}; run 'gcloud auth login' and 'gcloud auth configure-docker ${registry}', or ask for the role Artifact Registry Reader`
          : `The registry ${registry} doesn't let you see ${repository}; sign in with 'docker login ${registry}'`,
      );
    default:
      if (response.ok) {
        return response;
      }
      throw new ServiceUnavailableError(
        `The registry ${registry} answered ${response.status} ${response.statusText}`,
      );
  }
}
