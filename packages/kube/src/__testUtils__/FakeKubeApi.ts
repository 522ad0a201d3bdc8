import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClusterAccess } from '../clusters/createClusterAccess';
import type { ClusterAccess } from '../credentials/ClusterAccess';
import type { Resource } from '../http/resources';
import type { KubeObject } from '../watch/WatchStore';
import { FakeCollection } from './FakeCollection';
import { discovery, isDiscoveryPath } from './discovery';
import { FakePodLog } from './FakePodLog';
import { FakePodPorts } from './FakePodPorts';

/** What a test can make the API server do wrong. */
export type Fault =
  | { readonly type: 'hang' }
  | {
      readonly type: 'status';
      readonly code: number;
      readonly message: string;
    };

/** An answer that a test gives by hand. */
export interface FakeAnswer {
  readonly code: number;
  readonly body: unknown;
  /** How a text ends too early: after so many characters. */
  readonly cut?: { readonly after: number; readonly then: 'breaks' | 'stalls' };
}

interface Target {
  readonly plural: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
}

function sendText(
  response: ServerResponse,
  code: number,
  text: string,
  cut: FakeAnswer['cut'],
): void {
  response.writeHead(code, { 'content-type': 'text/plain' });
  if (!cut) {
    response.end(text);
    return;
  }
  response.write(text.slice(0, cut.after), () => {
    if (cut.then === 'breaks') response.destroy();
  });
}

function parsePath(path: string): Target | undefined {
  const match =
    /^\/(?:api\/v1|apis\/[^/]+\/[^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/(.+))?$/.exec(
      path,
    );
  return match
    ? {
        namespace: match[1],
        plural: match[2],
        name: match[3],
        subresource: match[4],
      }
    : undefined;
}

/**
 * A small Kubernetes API over real HTTP for tests: list, watch, create, patch,
 * delete, pod logs and service proxies, and the faults that clients meet.
 */
export class FakeKubeApi {
  /** `METHOD path?query` of every request so far. */
  readonly requests: string[] = [];
  /** Set to make every request fail. */
  fault: Fault | undefined;
  /** False for a server older than the streaming list. */
  watchList = true;
  /** Answers a path by hand; those that it leaves are served as ever. */
  answer: (path: string, query: URLSearchParams) => FakeAnswer | undefined =
    () => undefined;
  /** Answers `/services/<name>:<port>/proxy/<path>`. */
  proxy: (path: string, method: string) => unknown = () => undefined;

  readonly #collections = new Map<string, FakeCollection>();
  readonly #logs = new Map<string, FakePodLog>();
  readonly #server: Server;
  #version = 100;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(error => {
        response.writeHead(500).end(String(error));
      });
    });
  }

  /** @param port - any that is free where absent */
  static async start(port = 0): Promise<FakeKubeApi> {
    const api = new FakeKubeApi();
    await new Promise<void>(resolve => {
      api.#server.listen(port, '127.0.0.1', resolve);
    });
    return api;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  get resourceVersion(): number {
    return this.#version;
  }

  /** Lets clients in. */
  access(): ClusterAccess {
    return createClusterAccess({
      name: 'fake',
      url: this.url,
      auth: { type: 'token', token: 'secret' },
    });
  }

  collection(resource: Resource | string): FakeCollection {
    const plural = typeof resource === 'string' ? resource : resource.plural;
    let found = this.#collections.get(plural);
    if (!found) {
      found = new FakeCollection(() => {
        this.#version += 1;
        return this.#version;
      });
      this.#collections.set(plural, found);
    }
    return found;
  }

  put(resource: Resource, object: KubeObject): void {
    this.collection(resource).put(object);
  }

  log(namespace: string, pod: string, container: string): FakePodLog {
    const key = `${namespace}/${pod}/${container}`;
    const log = this.#logs.get(key) ?? new FakePodLog();
    this.#logs.set(key, log);
    return log;
  }

  /** Lets clients connect to ports of pods. */
  podPorts(): FakePodPorts {
    return new FakePodPorts(this.#server);
  }

  /** Drops every connection, as a restart does. */
  dropConnections(): void {
    this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  async #handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    this.requests.push(`${request.method} ${request.url}`);
    if (this.fault?.type === 'hang') {
      return;
    }
    if (this.fault) {
      status(response, this.fault.code, this.fault.message);
      return;
    }
    const url = new URL(request.url ?? '/', this.url);
    const target = parsePath(url.pathname);
    const answer = this.answer(url.pathname, url.searchParams);
    if (typeof answer?.body === 'string') {
      sendText(response, answer.code, answer.body, answer.cut);
    } else if (answer) {
      json(response, answer.code, answer.body);
    } else if (url.pathname === '/version') {
      json(response, 200, { gitVersion: 'v1.34.0' });
    } else if (isDiscoveryPath(url.pathname)) {
      json(response, 200, discovery(url.pathname));
    } else if (!target) {
      status(response, 404, 'the server could not find the requested resource');
    } else if (target.subresource?.startsWith('proxy')) {
      const proxied = this.proxy(
        target.subresource.slice('proxy'.length),
        request.method ?? 'GET',
      );
      json(response, proxied === undefined ? 503 : 200, proxied ?? {});
    } else if (target.subresource === 'log') {
      const container = url.searchParams.get('container') ?? '';
      await this.log(
        target.namespace ?? '',
        target.name ?? '',
        container,
      ).serve(url.searchParams, response);
    } else {
      await this.#serveObject(request, response, target, url.searchParams);
    }
  }

  async #serveObject(
    request: IncomingMessage,
    response: ServerResponse,
    target: Target,
    query: URLSearchParams,
  ): Promise<void> {
    const collection = this.collection(target.plural);
    const key = `${target.namespace ?? ''}/${target.name}`;
    if (request.method === 'POST') {
      const created = await body<KubeObject>(request);
      const { name } = created.metadata;
      if (collection.get(`${target.namespace ?? ''}/${name}`)) {
        status(response, 409, `${target.plural} "${name}" already exists`);
      } else {
        json(response, 201, collection.put(created));
      }
    } else if (!target.name && query.get('watch') === 'true') {
      if (query.get('sendInitialEvents') && !this.watchList) {
        status(response, 422, 'sendInitialEvents is forbidden for watch');
      } else {
        collection.watch(query, response, this.#version);
      }
    } else if (!target.name) {
      const { items, next, remaining } = collection.list(
        target.namespace,
        query,
      );
      json(response, 200, {
        items,
        metadata: {
          resourceVersion: String(this.#version),
          continue: next,
          remainingItemCount: remaining,
        },
      });
    } else {
      const object = collection.get(key);
      if (!object) {
        status(response, 404, `${target.plural} "${target.name}" not found`);
      } else if (request.method === 'DELETE') {
        const { preconditions = {} } = await body<{
          preconditions?: { uid?: string; resourceVersion?: string };
        }>(request);
        if (isAnother(object, preconditions)) {
          status(response, 409, 'the precondition does not hold');
          return;
        }
        collection.delete(key);
        json(response, 200, object);
      } else if (request.method === 'PATCH') {
        const {
          metadata = {},
          spec = {},
          ...others
        } = await body<{
          metadata?: {
            annotations?: Record<string, string>;
            labels?: Record<string, string | null>;
            uid?: string;
            resourceVersion?: string;
          };
          spec?: object;
        }>(request);
        const { uid, resourceVersion } = metadata;
        if (isAnother(object, { resourceVersion })) {
          status(response, 409, 'the object has been modified');
          return;
        }
        if (isAnother(object, { uid })) {
          status(response, 422, 'metadata.uid: field is immutable');
          return;
        }
        const before = 'spec' in object ? object.spec : {};
        const annotations = {
          ...object.metadata.annotations,
          ...metadata.annotations,
        };
        const labels = Object.entries({
          ...object.metadata.labels,
          ...metadata.labels,
        }).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
        const changed = {
          ...object,
          ...others,
          metadata: {
            ...object.metadata,
            annotations,
            ...(metadata.labels ? { labels: Object.fromEntries(labels) } : {}),
          },
          spec: { ...(before ?? {}), ...spec },
        };
        json(response, 200, collection.put(changed));
      } else {
        json(response, 200, object);
      }
    }
  }
}

async function body<T>(request: IncomingMessage): Promise<T> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
  }
  return JSON.parse(text || '{}') as T;
}

/** Whether an object isn't the one, or the version of it, that a request is about. */
function isAnother(
  { metadata }: KubeObject,
  { uid, resourceVersion }: { uid?: string; resourceVersion?: string },
): boolean {
  return (
    (uid ?? metadata.uid) !== metadata.uid ||
    (resourceVersion ?? metadata.resourceVersion) !== metadata.resourceVersion
  );
}

function json(response: ServerResponse, code: number, value: unknown): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

function status(response: ServerResponse, code: number, message: string): void {
  json(response, code, { kind: 'Status', status: 'Failure', code, message });
}
