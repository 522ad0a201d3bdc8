import http from 'node:http';
import https from 'node:https';
import { InputError } from '@backstage/errors';
import type { KubeConfig } from '@kubernetes/client-node';
import { errorFor } from './kubeErrors';
import type { KubeObject, NewObject } from './objects';
import { pathOf, type Resource } from './resources';

export interface ListPage<T> {
  readonly metadata: {
    readonly resourceVersion?: string;
    readonly continue?: string;
  };
  readonly items: readonly T[];
}

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Longest silence on the connection, in ms. */
  readonly timeoutMs?: number;
}

export interface RawResponse {
  readonly statusCode: number;
  readonly body: string;
}

const REQUEST_TIMEOUT_MS = 30_000;

/**
 * The few verbs of the Kubernetes API that a controller needs, over the
 * connection and credentials of a KubeConfig's current context.
 *
 * Objects stay as they are on the wire: the typed clients of
 * `@kubernetes/client-node` drop the fields that they do not know, which must
 * not happen to the pod templates that pass through here.
 */
export class KubeClient {
  readonly #kubeConfig: KubeConfig;
  readonly #server: URL;
  #agent: http.Agent | undefined;

  constructor(options: { readonly kubeConfig: KubeConfig }) {
    const cluster = options.kubeConfig.getCurrentCluster();
    if (!cluster) {
      throw new InputError('The kubeconfig has no current context');
    }
    this.#kubeConfig = options.kubeConfig;
    this.#server = new URL(cluster.server);
  }

  /** Throws NotFoundError where there is no such object. */
  get<T extends KubeObject>(
    resource: Resource,
    namespace: string,
    name: string,
  ): Promise<T> {
    return this.#json({
      method: 'GET',
      path: pathOf(resource, { namespace, name }),
    });
  }

  /** One page; pass `continueToken` of the last one for the next. */
  list<T extends KubeObject>(
    resource: Resource,
    options: {
      readonly namespace?: string;
      readonly labelSelector?: string;
      readonly limit?: number;
      readonly continueToken?: string;
    } = {},
  ): Promise<ListPage<T>> {
    return this.#json({
      method: 'GET',
      path: pathOf(resource, { namespace: options.namespace }),
      query: {
        labelSelector: options.labelSelector,
        limit: options.limit?.toString(),
        continue: options.continueToken,
      },
    });
  }

  /** Throws ConflictError where the name is taken. */
  create<T extends KubeObject>(
    resource: Resource,
    object: NewObject,
  ): Promise<T> {
    return this.#json({
      method: 'POST',
      path: pathOf(resource, { namespace: object.metadata.namespace }),
      body: object,
    });
  }

  /**
   * Replaces the object, or its status alone. Throws ConflictError where the
   * object changed since its `resourceVersion`.
   */
  replace<T extends KubeObject>(
    resource: Resource,
    object: T,
    subresource?: 'status',
  ): Promise<T> {
    const { namespace, name } = object.metadata;
    const path = pathOf(resource, { namespace, name });
    return this.#json({
      method: 'PUT',
      path: subresource ? `${path}/${subresource}` : path,
      body: object,
    });
  }

  /** Merges (RFC 7386) the patch into the object. */
  mergePatch<T extends KubeObject>(
    resource: Resource,
    namespace: string,
    name: string,
    patch: unknown,
  ): Promise<T> {
    return this.#json({
      method: 'PATCH',
      path: pathOf(resource, { namespace, name }),
      contentType: 'application/merge-patch+json',
      body: patch,
    });
  }

  /** Deletes in the background, and only while the object is still this one. */
  async remove(resource: Resource, object: KubeObject): Promise<void> {
    const { namespace, name, uid } = object.metadata;
    await this.#json({
      method: 'DELETE',
      path: pathOf(resource, { namespace, name }),
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: 'Background',
        preconditions: { uid },
      },
    });
  }

  /** Sends a request and reads the whole answer, whatever its status. */
  async raw(request: RawRequest): Promise<RawResponse> {
    const response = await this.stream(request);
    const chunks: Buffer[] = [];
    for await (const chunk of response) {
      chunks.push(chunk);
    }
    return {
      statusCode: response.statusCode ?? 0,
      body: Buffer.concat(chunks).toString('utf8'),
    };
  }

  /** Sends a request; the caller reads, or destroys, the answer. */
  async stream(request: RawRequest): Promise<http.IncomingMessage> {
    const options: https.RequestOptions = {};
    await this.#kubeConfig.applyToHTTPSOptions(options);
    const secure = this.#server.protocol === 'https:';
    // One pool of connections: the KubeConfig makes a new agent at each call.
    this.#agent ??= secure
      ? new https.Agent({ keepAlive: true })
      : new http.Agent({ keepAlive: true });
    const body =
      request.body === undefined ? undefined : JSON.stringify(request.body);
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) {
        query.set(name, value);
      }
    }
    const search = query.size ? `?${query}` : '';
    const base = this.#server.pathname.replace(/\/$/, '');
    return new Promise((resolve, reject) => {
      const sent = (secure ? https : http).request(
        {
          ...options,
          agent: this.#agent,
          host: this.#server.hostname.replace(/^\[|\]$/g, ''),
          port: this.#server.port || (secure ? 443 : 80),
          method: request.method,
          path: `${base}${request.path}${search}`,
          headers: {
            ...options.headers,
            accept: 'application/json',
            'user-agent': 'ml-platform-ray-controller',
            ...request.headers,
            ...(body === undefined
              ? {}
              : {
                  'content-type': request.contentType ?? 'application/json',
                  'content-length': Buffer.byteLength(body),
                }),
          },
          signal: request.signal,
          timeout: request.timeoutMs ?? REQUEST_TIMEOUT_MS,
        },
        resolve,
      );
      sent.on('timeout', () =>
        sent.destroy(
          new Error(`No answer from ${this.#server.host} within the timeout`),
        ),
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.#agent?.destroy();
  }

  async #json<T>(request: RawRequest): Promise<T> {
    const { statusCode, body } = await this.raw(request);
    if (statusCode < 200 || statusCode > 299) {
      throw errorFor(statusCode, body, `${request.method} ${request.path}`);
    }
    return JSON.parse(body);
  }
}
