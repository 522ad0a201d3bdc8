import { createHash } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { splitImageReference } from '../imageReference';
import type { FakeRegistry } from './FakeRegistry';

interface FakeBuild {
  readonly id: string;
  readonly image: string;
  readonly content: string;
  readonly files: Readonly<Record<string, string>>;
  readonly labels: readonly string[];
  reused: boolean;
  looks: number;
  /** How it ended, once it has. */
  end?: { readonly state: 'succeeded' | 'failed'; readonly error?: string };
  cancelled?: boolean;
}

async function unpack(body: Buffer): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const archive = extract();
  archive.end(body);
  for await (const entry of archive) {
    files[entry.header.name] = entry.header.linkname ?? (await text(entry));
  }
  return files;
}

/**
 * A build service over real HTTP: a build takes some looks at it, and gives out
 * its log in small pieces that are cut anywhere.
 */
export class FakeBuildService {
  readonly builds = new Map<string, FakeBuild>();
  /** Reference of each image that was pushed. */
  readonly pushed: string[] = [];
  readonly requests: string[] = [];
  log = 'Step 1: FROM ray\n 10%\r 50%\r100%\ndöne ✓\nlast line';
  /** First part of each image's reference. */
  registry = 'registry.test';
  /** Gets the images; must be the host of `registry`. */
  pushesTo: FakeRegistry | undefined;
  /** Error of every build; undefined lets them succeed. */
  error: string | undefined;
  /** Number of coming requests to answer as a service that restarts does. */
  unavailable = 0;
  /** Looks that a build takes; with `Infinity` it waits for its turn. */
  looks = 3;
  readonly token = 'build-token';
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      const url = new URL(request.url ?? '/', this.url);
      this.requests.push(`${request.method} ${url.pathname}`);
      if (request.headers.authorization !== `Bearer ${this.token}`) {
        this.#fail(response, 401, 'unknown token');
      } else if (this.unavailable > 0) {
        this.unavailable -= 1;
        this.#fail(response, 503, 'restarting');
      } else if (request.method === 'POST') {
        await this.#start(url.searchParams, Buffer.concat(chunks), response);
      } else if (request.method === 'DELETE') {
        this.#cancel(url, response);
      } else {
        this.#show(url, response);
      }
    });
  }

  static async start(): Promise<FakeBuildService> {
    const fake = new FakeBuildService();
    await new Promise<void>(resolve =>
      fake.#server.listen(0, '127.0.0.1', resolve),
    );
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #start(query: URLSearchParams, body: Buffer, response: ServerResponse) {
    const image = `${this.registry}/${query.get('image')}:${query.get('version')}`;
    const content = createHash('sha256').update(body).digest('hex');
    const id = createHash('sha256').update(image).digest('hex').slice(0, 12);
    const earlier = this.builds.get(id);
    const isKept = earlier && earlier.end?.state !== 'failed';
    if (isKept && earlier.content !== content) {
      this.#fail(response, 409, 'other content');
      return;
    }
    if (isKept) {
      earlier.reused = true;
    } else {
      this.builds.set(id, {
        id,
        image,
        content,
        files: await unpack(body),
        labels: query.getAll('label'),
        reused: false,
        looks: 0,
      });
    }
    const { reused } = this.builds.get(id) ?? { reused: false };
    const state = 'queued';
    response.writeHead(202).end(JSON.stringify({ id, state, image, reused }));
  }

  #cancel({ pathname }: URL, response: ServerResponse) {
    const build = this.builds.get(pathname.split('/')[2]);
    if (build) {
      if (!build.end) {
        build.cancelled = true;
        build.end = { state: 'failed', error: 'The build was cancelled' };
      }
      response.end('{}');
    } else {
      this.#fail(response, 404, 'no such build');
    }
  }

  #show(url: URL, response: ServerResponse) {
    const [, , id, log] = url.pathname.split('/');
    const build = this.builds.get(id);
    if (!build) {
      this.#fail(response, 404, 'no such build');
      return;
    }
    if (log) {
      const offset = Number(url.searchParams.get('offset'));
      const all = Buffer.from(this.log);
      const written = build.end ? all : all.subarray(0, all.length - 4);
      const piece = written.subarray(offset, offset + 7);
      response.setHeader('x-log-offset', offset + piece.length);
      response.end(piece);
      return;
    }
    build.looks += 1;
    if (!build.end && build.looks >= this.looks) {
      const { error } = this;
      build.end = { state: error ? 'failed' : 'succeeded', error };
      if (!error) this.#push(build);
    }
    response.end(
      JSON.stringify({
        id,
        state: this.looks === Infinity ? 'queued' : 'running',
        image: build.image,
        digest: `sha256:${build.content}`,
        reused: build.reused,
        ...build.end,
      }),
    );
  }

  #push({ image, labels }: FakeBuild) {
    this.pushed.push(image);
    const { repository = '', tag = '' } = splitImageReference(image) ?? {};
    this.pushesTo?.put(repository, tag, {
      labels: Object.fromEntries(labels.map(label => label.split('=', 2))),
    });
  }

  #fail(response: ServerResponse, status: number, message: string) {
    response.writeHead(status).end(JSON.stringify({ error: { message } }));
  }
}
