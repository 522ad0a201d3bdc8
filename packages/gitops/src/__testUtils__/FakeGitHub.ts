import { createHash } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { routeGit } from './fakeGitRoutes';
import type { GitAnswer } from './fakeRoute';
import { FakeRepository } from './FakeRepository';

/** When the fake breaks the connection of a request, to stand for a kill. */
export type Failure = { readonly request: number; readonly done: boolean };

/**
 * The part of GitHub's REST interface that is used here, over real HTTP, with
 * ETags. It can break off the connection at the n-th request, before or after
 * the request took effect.
 */
export class FakeGitHub {
  readonly repository: FakeRepository;
  readonly requests: string[] = [];
  /** Answers in place of the repository, for example with a refusal. */
  refusal: (GitAnswer & { headers?: Record<string, string> }) | undefined;
  /** Headers of all answers, for example of the rate limit. */
  extraHeaders: Record<string, string> = {};
  /** Called with each request before it is answered. */
  onRequest: (request: string) => void | Promise<void> = () => {};
  #failure: Failure | undefined;
  readonly #server: Server;

  private constructor(files: Readonly<Record<string, string>>) {
    this.repository = new FakeRepository(files);
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(error => {
        response.writeHead(500).end(String(error));
      });
    });
  }

  static async start(
    files: Readonly<Record<string, string>> = { 'README.md': '# Platform\n' },
  ): Promise<FakeGitHub> {
    const fake = new FakeGitHub(files);
    await new Promise<void>(resolve =>
      fake.#server.listen(0, '127.0.0.1', resolve),
    );
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Web page of the one repository. */
  get repoUrl(): string {
    return `${this.url}/ml-platform/ml-platform`;
  }

  /** How a JobsRepository reaches this fake. */
  readonly connect = async () => ({ apiBaseUrl: this.url });

  failAt(failure: Failure | undefined): void {
    this.#failure = failure;
    this.requests.length = 0;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const url = new URL(request.url ?? '/', this.url);
    const line = `${request.method} ${decodeURIComponent(url.pathname)}`;
    this.requests.push(line);
    const fails = this.#failure?.request === this.requests.length;
    if (fails && !this.#failure?.done) {
      request.socket.destroy();
      return;
    }
    await this.onRequest(line);
    const text = Buffer.concat(chunks).toString('utf8');
    const answer: GitAnswer & { headers?: Record<string, string> } =
      this.refusal ??
      routeGit({
        repository: this.repository,
        origin: this.url,
        method: request.method ?? 'GET',
        path: decodeURIComponent(url.pathname),
        query: url.searchParams,
        body: text ? JSON.parse(text) : {},
      });
    if (fails) {
      request.socket.destroy();
      return;
    }
    const body = JSON.stringify(answer.body);
    const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
    const unchanged =
      answer.status === 200 && request.headers['if-none-match'] === etag;
    response.writeHead(unchanged ? 304 : answer.status, {
      'content-type': 'application/json',
      etag,
      ...this.extraHeaders,
      ...answer.headers,
    });
    response.end(unchanged || answer.status === 204 ? undefined : body);
  }
}
