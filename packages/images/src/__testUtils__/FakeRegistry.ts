import { createHash } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** An image that a test puts into the registry. */
export interface FakeImage {
  readonly created?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Sizes of its layers, in bytes. */
  readonly layers?: readonly number[];
  /** Kept as an index of several platforms. */
  readonly index?: boolean;
}

const digestOf = (text: string) =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** A registry over real HTTP that images are read from. */
export class FakeRegistry {
  /** How it asks people to sign in. */
  auth: 'none' | 'basic' | 'bearer' = 'none';
  readonly user = 'ada';
  password = 'secret';
  readonly identityToken = 'identity';
  /** Tags of one page; all where 0. */
  pageSize = 0;
  /** Status that it answers everything with, as one that is down or full does. */
  fault: number | undefined;
  /** Number of coming requests to answer as a registry that restarts does. */
  unavailable = 0;
  /** True to answer nothing. */
  silent = false;
  /** Requests that were given up while it was silent. */
  abandoned = 0;
  /** `GET /v2/…` as they come. */
  readonly requests: string[] = [];
  readonly #repositories = new Map<string, Map<string, string>>();
  readonly #contents = new Map<string, string>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) =>
      this.#answer(request, response),
    );
  }

  static async start(): Promise<FakeRegistry> {
    const fake = new FakeRegistry();
    await new Promise<void>(resolve =>
      fake.#server.listen(0, '127.0.0.1', resolve),
    );
    return fake;
  }

  /** Host and port, as the first part of a reference. */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** Puts an image there and answers its digest. */
  put(repository: string, tag: string, image: FakeImage = {}): string {
    const config = this.#keep({
      created: image.created,
      config: { Labels: image.labels ?? null },
    });
    const layers = (image.layers ?? [1]).map(size => ({ digest: 'x', size }));
    let digest = this.#keep({ config: { digest: config, size: 1 }, layers });
    if (image.index) {
      const statement = this.#keep({ statement: true });
      digest = this.#keep({
        manifests: [
          { digest: statement, size: 1, platform: { os: 'unknown' } },
          { digest, size: 1, platform: { os: 'linux' } },
        ],
      });
    }
    const tags = this.#repositories.get(repository) ?? new Map();
    tags.set(tag, digest);
    this.#repositories.set(repository, tags);
    return digest;
  }

  #keep(content: object): string {
    const text = JSON.stringify(content);
    const digest = digestOf(text);
    this.#contents.set(digest, text);
    return digest;
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', `http://${this.host}`);
    this.requests.push(`${request.method} ${url.pathname}`);
    const body: Buffer[] = [];
    for await (const chunk of request) {
      body.push(chunk);
    }
    const { authorization } = request.headers;
    if (this.fault) {
      response.writeHead(this.fault).end();
    } else if (this.silent) {
      response.on('close', () => {
        this.abandoned += 1;
      });
    } else if (this.unavailable > 0) {
      this.unavailable -= 1;
      response.writeHead(503).end();
    } else if (url.pathname === '/token') {
      this.#token(authorization, Buffer.concat(body).toString(), url, response);
    } else if (this.#knows(authorization)) {
      this.#read(url, response);
    } else {
      response
        .writeHead(401, { 'www-authenticate': this.#challenge(url) })
        .end('{"errors":[{"code":"UNAUTHORIZED"}]}');
    }
  }

  get #basic(): string {
    const pair = `${this.user}:${this.password}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
  }

  #knows(authorization: string | undefined): boolean {
    switch (this.auth) {
      case 'basic':
        return authorization === this.#basic;
      case 'bearer':
        return authorization === 'Bearer issued';
      default:
        return true;
    }
  }

  #challenge({ pathname }: URL): string {
    const [, repository] = /^\/v2\/(.+)\/(?:tags|manifests|blobs)\//.exec(
      pathname,
    ) ?? ['', ''];
    return this.auth === 'basic'
      ? 'Basic realm="registry"'
      : `Bearer realm="http://${this.host}/token",service="fake",scope="repository:${repository}:pull"`;
  }

  #token(
    authorization: string | undefined,
    body: string,
    url: URL,
    response: ServerResponse,
  ) {
    const form = new URLSearchParams(body);
    const known =
      authorization === this.#basic ||
      form.get('refresh_token') === this.identityToken;
    const scope = form.get('scope') ?? url.searchParams.get('scope');
    if (known && scope?.startsWith('repository:')) {
      response.end(JSON.stringify({ token: 'issued' }));
    } else {
      response.writeHead(401).end();
    }
  }

  #read({ pathname, searchParams }: URL, response: ServerResponse) {
    const [, repository = '', kind, reference = ''] =
      /^\/v2\/(.+)\/(tags|manifests|blobs)\/(.+)$/.exec(pathname) ?? [];
    const tags = this.#repositories.get(repository);
    if (kind === 'tags' && tags) {
      const all = [...tags.keys()];
      const size = this.pageSize || all.length;
      const start = all.indexOf(searchParams.get('last') ?? '') + 1;
      const page = all.slice(start, start + size);
      if (start + size < all.length) {
        response.setHeader(
          'link',
          `</v2/${repository}/tags/list?last=${page.at(-1)}>; rel="next"`,
        );
      }
      response.end(JSON.stringify({ name: repository, tags: page }));
      return;
    }
    const digest = tags?.get(reference) ?? reference;
    const content = this.#contents.get(digest);
    if (content === undefined) {
      response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
      return;
    }
    response.setHeader('docker-content-digest', digest).end(content);
  }
}
