import { randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { CRC32C } from '@google-cloud/storage';

/** A build, as the REST protocol writes it. */
export interface RestBuild {
  readonly id: string;
  readonly tags: readonly string[];
  readonly steps: readonly {
    readonly args: readonly string[];
    readonly env: readonly string[];
    readonly exitCode?: number;
  }[];
  readonly source: { readonly storageSource: { readonly object: string } };
  readonly createTime: string;
  status: string;
  startTime?: string;
  finishTime?: string;
  statusDetail?: string;
  readonly [name: string]: unknown;
}

/**
 * The parts of the REST protocols of Cloud Build and Cloud Storage that builds need,
 * over real HTTP.
 *
 * Source: the references of the REST APIs cloudbuild.googleapis.com/v1 and
 * storage.googleapis.com/storage/v1.
 */
export class FakeCloudBuild {
  readonly builds = new Map<string, RestBuild>();
  /** Objects of the bucket by name. */
  readonly objects = new Map<string, Buffer>();
  /** `METHOD path` of every request so far. */
  readonly requests: string[] = [];
  /** Status and message of the coming requests to Cloud Build. */
  fault:
    | {
        readonly code: number;
        readonly status: string;
        readonly message: string;
      }
    | undefined;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(error =>
        response.writeHead(500).end(String(error)),
      );
    });
  }

  static async start(): Promise<FakeCloudBuild> {
    const fake = new FakeCloudBuild();
    await new Promise<void>(resolve =>
      fake.#server.listen(0, '127.0.0.1', resolve),
    );
    return fake;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** Moves the only build on. */
  change(changes: Partial<RestBuild>): void {
    const [build] = this.builds.values();
    Object.assign(build, changes);
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://fake');
    const path = decodeURIComponent(url.pathname);
    this.requests.push(`${request.method} ${path}`);
    const body = await buffer(request);
    if (path.startsWith('/upload/storage/')) {
      this.#upload(url, request, body, response);
    } else if (path.startsWith('/storage/') || path.startsWith('/download/')) {
      this.#download(path, request, response);
    } else if (this.fault) {
      const { code, ...error } = this.fault;
      json(response, code, { error: { code, ...error } });
    } else {
      this.#build(path, url, request.method ?? '', body, response);
    }
  }

  #build(
    path: string,
    url: URL,
    method: string,
    body: Buffer,
    response: ServerResponse,
  ) {
    const [, id, action] =
      /^\/v1\/projects\/my-project\/locations\/europe-west3\/builds(?:\/([^:]+))?(:cancel)?$/.exec(
        path,
      ) ?? [];
    if (!path.includes('/locations/europe-west3/builds')) {
      json(response, 404, { error: { code: 404, status: 'NOT_FOUND' } });
    } else if (!id && method === 'POST') {
      const build: RestBuild = {
        ...JSON.parse(body.toString()),
        id: randomUUID(),
        status: 'QUEUED',
        createTime: new Date().toISOString(),
      };
      this.builds.set(build.id, build);
      json(response, 200, {
        name: `operations/build/my-project/${build.id}`,
        metadata: {
          '@type':
            'type.googleapis.com/google.devtools.cloudbuild.v1.BuildOperationMetadata',
          build,
        },
      });
    } else if (!id) {
      const [, tag] =
        /tags="([^"]+)"/.exec(url.searchParams.get('filter') ?? '') ?? [];
      const builds = [...this.builds.values()].filter(
        ({ tags, status }) =>
          tags.includes(tag ?? '') && ['QUEUED', 'WORKING'].includes(status),
      );
      json(response, 200, { builds });
    } else {
      const build = this.builds.get(id);
      if (!build) {
        json(response, 404, {
          error: {
            code: 404,
            status: 'NOT_FOUND',
            message: 'Requested entity was not found.',
          },
        });
        return;
      }
      if (action) build.status = 'CANCELLED';
      json(response, 200, build);
    }
  }

  #upload(
    url: URL,
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ) {
    const [, boundary = ''] =
      /boundary="?([^";]+)/.exec(request.headers['content-type'] ?? '') ?? [];
    const parts = body.toString('latin1').split(`--${boundary}`);
    const name =
      url.searchParams.get('name') ?? JSON.parse(bodyOf(parts[1])).name;
    if (
      url.searchParams.get('ifGenerationMatch') === '0' &&
      this.objects.has(name)
    ) {
      json(response, 412, {
        error: {
          code: 412,
          message:
            'At least one of the pre-conditions you specified did not hold.',
        },
      });
      return;
    }
    const object = Buffer.from(bodyOf(parts[2]), 'latin1');
    this.objects.set(name, object);
    const crc32c = new CRC32C();
    crc32c.update(object);
    json(response, 200, {
      name,
      bucket: 'builds',
      generation: '1',
      crc32c: crc32c.toString(),
    });
  }

  #download(path: string, request: IncomingMessage, response: ServerResponse) {
    const object = this.objects.get(path.split('/o/')[1] ?? '');
    const [, start = '0'] =
      /bytes=(\d+)-/.exec(request.headers.range ?? '') ?? [];
    if (!object) {
      json(response, 404, { error: { code: 404, message: 'No such object' } });
    } else if (Number(start) > 0 && Number(start) >= object.length) {
      response.writeHead(416).end('out of range');
    } else {
      response
        .writeHead(request.headers.range ? 206 : 200)
        .end(object.subarray(Number(start)));
    }
  }
}

/** The content of one part of a multipart body. */
function bodyOf(part = ''): string {
  return part.slice(part.indexOf('\r\n\r\n') + 4, -2);
}

function json(response: ServerResponse, code: number, value: unknown): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
