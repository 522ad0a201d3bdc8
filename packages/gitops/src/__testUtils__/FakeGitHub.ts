import { createHash } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { routeGit, type GitAnswer } from './fakeGitRoutes';

/** A pull request as the fake keeps it. */
export interface FakePull {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  state: 'open' | 'closed';
  mergedAt: string | null;
}

/** Content of a repository: trees are flat maps of path to text. */
export class FakeRepository {
  readonly trees = new Map<string, ReadonlyMap<string, string>>();
  readonly commits = new Map<string, { tree: string; parents: string[] }>();
  readonly refs = new Map<string, string>();
  readonly pulls: FakePull[] = [];

  constructor(files: Readonly<Record<string, string>>) {
    const tree = this.addTree(new Map(Object.entries(files)));
    this.refs.set('heads/main', this.addCommit(tree, []));
  }

  addTree(files: ReadonlyMap<string, string>): string {
    const sha = this.#sha([...files].sort());
    this.trees.set(sha, files);
    return sha;
  }

  addCommit(tree: string, parents: string[]): string {
    const sha = this.#sha({ tree, parents, at: this.commits.size });
    this.commits.set(sha, { tree, parents });
    return sha;
  }

  /** Files at a branch or commit. */
  files(ref: string): ReadonlyMap<string, string> | undefined {
    const commit = this.commits.get(this.refs.get(`heads/${ref}`) ?? ref);
    return commit && this.trees.get(commit.tree);
  }

  #sha(value: unknown): string {
    return createHash('sha1').update(JSON.stringify(value)).digest('hex');
  }
}

/** When the fake breaks the connection of a request, to stand for a kill. */
export type Failure = { readonly request: number; readonly done: boolean };

/**
 * The part of GitHub's REST interface that the actions use, over real HTTP. It
 * can break off the connection at the n-th request, before or after the
 * request took effect.
 */
export class FakeGitHub {
  readonly repository: FakeRepository;
  readonly requests: string[] = [];
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
    this.requests.push(`${request.method} ${decodeURIComponent(url.pathname)}`);
    const fails = this.#failure?.request === this.requests.length;
    if (fails && !this.#failure?.done) {
      request.socket.destroy();
      return;
    }
    const text = Buffer.concat(chunks).toString('utf8');
    const answer: GitAnswer = routeGit({
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
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  }
}
