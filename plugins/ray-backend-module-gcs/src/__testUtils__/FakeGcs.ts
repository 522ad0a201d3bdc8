import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  crc32c,
  json,
  objectMetadata,
  refuse,
  type StoredObject,
} from './gcsAnswers';

/** What a test can make the next request of a kind do wrong. */
export type GcsFault =
  | { readonly type: 'status'; readonly code: number }
  | { readonly type: 'hang' }
  /** Stores other bytes than it was given. */
  | { readonly type: 'corrupt' }
  /** Breaks off in the middle of a download. */
  | { readonly type: 'truncate' };

interface Session {
  readonly name: string;
  readonly contentType: string;
  readonly ifGenerationMatch: string | null;
  data: Buffer;
}

/**
 * The part of Google Cloud Storage's JSON API that archives need, over real HTTP:
 * resumable uploads in chunks, downloads, preconditions, deletes.
 * https://cloud.google.com/storage/docs/performing-resumable-uploads
 */
export class FakeGcs {
  /** Objects by name; those of uploads that are not complete are not here. */
  readonly objects = new Map<string, StoredObject>();
  /** `METHOD path` of every request so far. */
  readonly requests: string[] = [];
  /** Largest piece of an object that came in one request, in bytes. */
  largestChunk = 0;
  /** Faults of the next requests, by kind; each is used up once. */
  readonly faults: Record<'start' | 'chunk' | 'read' | 'any', GcsFault[]> = {
    start: [],
    chunk: [],
    read: [],
    any: [],
  };
  readonly #sessions = new Map<string, Session>();
  #generation = 1;

  readonly #server: Server;

  private constructor(
    readonly bucket: string,
    server: Server,
  ) {
    this.#server = server;
  }

  static async start(bucket: string): Promise<FakeGcs> {
    const server = createServer();
    const gcs = new FakeGcs(bucket, server);
    server.on('request', (request, response) => {
      gcs.#handle(request, response).catch(() => response.destroy());
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return gcs;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  put(name: string, data: Buffer): void {
    this.#generation += 1;
    const generation = this.#generation;
    this.objects.set(name, {
      data,
      contentType: 'application/gzip',
      generation,
    });
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
    const url = new URL(request.url ?? '/', this.url);
    this.requests.push(`${request.method} ${url.pathname}`);
    if (this.#fails('any', response)) {
      return;
    }
    const object = new RegExp(`^/storage/v1/b/${this.bucket}/o/(.+)$`).exec(
      url.pathname,
    );
    const session = this.#sessions.get(url.searchParams.get('upload_id') ?? '');
    if (session && request.method === 'PUT') {
      await this.#takeChunk(request, response, session);
    } else if (url.pathname === `/upload/storage/v1/b/${this.bucket}/o`) {
      this.#startUpload(request, response, url);
    } else if (object) {
      this.#serveObject(request, response, decodeURIComponent(object[1]), url);
    } else {
      refuse(response, 404);
    }
  }

  #startUpload(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): void {
    request.resume();
    if (this.#fails('start', response)) {
      return;
    }
    const id = String(this.#sessions.size + 1);
    const session = {
      name: url.searchParams.get('name') ?? '',
      contentType: String(request.headers['x-upload-content-type'] ?? ''),
      ifGenerationMatch: url.searchParams.get('ifGenerationMatch'),
      data: Buffer.alloc(0),
    };
    if (!this.#matches(session)) {
      refuse(response, 412);
      return;
    }
    this.#sessions.set(id, session);
    response
      .writeHead(200, {
        location: `${this.url}/upload/storage/v1/b/${this.bucket}/o?upload_id=${id}`,
      })
      .end();
  }

  async #takeChunk(
    request: IncomingMessage,
    response: ServerResponse,
    session: Session,
  ): Promise<void> {
    const body = await buffer(request);
    this.largestChunk = Math.max(this.largestChunk, body.length);
    const [, start, total] =
      /^bytes (\d+|\*)(?:-\d+)?\/(\d+|\*)$/.exec(
        request.headers['content-range'] ?? '',
      ) ?? [];
    const fault = this.faults.chunk.shift();
    if (fault?.type === 'status') {
      refuse(response, fault.code);
    }
    if (fault && fault.type !== 'corrupt') {
      return;
    }
    if (start !== '*') {
      session.data = Buffer.concat([
        session.data.subarray(0, Number(start)),
        body,
      ]);
    }
    if (total === '*' || session.data.length < Number(total)) {
      const range = session.data.length
        ? { range: `bytes=0-${session.data.length - 1}` }
        : {};
      response.writeHead(308, range).end();
    } else if (!this.#matches(session)) {
      refuse(response, 412);
    } else {
      this.#generation += 1;
      const { data, contentType } = session;
      this.objects.set(session.name, {
        data: fault?.type === 'corrupt' ? Buffer.from('other bytes') : data,
        contentType,
        generation: this.#generation,
      });
      json(response, 200, this.#metadata(session.name));
    }
  }

  #serveObject(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    url: URL,
  ): void {
    const object = this.objects.get(name);
    const wanted = url.searchParams.get('generation');
    if (!object || (wanted && wanted !== String(object.generation))) {
      refuse(response, 404);
    } else if (request.method === 'DELETE') {
      this.objects.delete(name);
      response.writeHead(204).end();
    } else if (url.searchParams.get('alt') === 'media') {
      const fault = this.faults.read.shift();
      if (fault?.type === 'status') {
        refuse(response, fault.code);
        return;
      }
      const [, from, to] =
        /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
      const data = object.data.subarray(
        Number(from ?? 0),
        to === undefined ? undefined : Number(to) + 1,
      );
      response.writeHead(from === undefined ? 200 : 206, {
        'content-type': object.contentType,
        'content-length': data.length,
        'x-goog-hash': `crc32c=${crc32c(object.data)}`,
        'x-goog-generation': object.generation,
      });
      if (fault?.type === 'truncate') {
        response.write(data.subarray(0, data.length / 2), () =>
          response.destroy(),
        );
      } else {
        response.end(data);
      }
    } else {
      json(response, 200, this.#metadata(name));
    }
  }

  #matches({ name, ifGenerationMatch }: Session): boolean {
    const current = this.objects.get(name)?.generation ?? 0;
    return ifGenerationMatch === null || ifGenerationMatch === String(current);
  }

  #metadata(name: string): object {
    return objectMetadata(this.bucket, name, this.objects.get(name));
  }

  #fails(kind: 'start' | 'any', response: ServerResponse) {
    const fault = this.faults[kind].shift();
    if (fault?.type === 'status') {
      refuse(response, fault.code);
    }
    return fault !== undefined;
  }
}
