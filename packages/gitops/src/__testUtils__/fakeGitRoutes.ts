import { createHash } from 'node:crypto';
import type { FakePull, FakeRepository } from './FakeGitHub';

export interface GitAnswer {
  readonly status: number;
  readonly body: unknown;
}

interface GitRequest {
  readonly repository: FakeRepository;
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
}

const NOT_FOUND: GitAnswer = { status: 404, body: { message: 'Not Found' } };
const refused = (message: string): GitAnswer => ({
  status: 422,
  body: { message: 'Validation Failed', errors: [{ message }] },
});

function blobSha(content: string): string {
  const bytes = Buffer.from(content);
  return createHash('sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

function pullBody(pull: FakePull, origin: string) {
  return {
    number: pull.number,
    html_url: `${origin}/ml-platform/ml-platform/pull/${pull.number}`,
    state: pull.state,
    merged_at: pull.mergedAt,
    head: { ref: pull.head },
    title: pull.title,
    body: pull.body,
  };
}

function createPull({ repository, body, origin }: GitRequest): GitAnswer {
  const head = String(body.head);
  if (!repository.refs.has(`heads/${head}`)) {
    return refused('head is invalid');
  }
  const open = repository.pulls.some(
    pull => pull.head === head && pull.state === 'open',
  );
  if (open) {
    return refused(`A pull request already exists for ml-platform:${head}.`);
  }
  const pull: FakePull = {
    number: repository.pulls.length + 1,
    head,
    base: String(body.base),
    title: String(body.title),
    body: String(body.body),
    state: 'open',
    mergedAt: null,
  };
  repository.pulls.push(pull);
  return { status: 201, body: pullBody(pull, origin) };
}

function createTree({ repository, body }: GitRequest): GitAnswer {
  const base = repository.trees.get(String(body.base_tree));
  if (!base) {
    return refused('base_tree is not a tree');
  }
  const entries = body.tree as Array<{ path: string; content: string }>;
  const files = new Map([
    ...base,
    ...entries.map(({ path, content }): [string, string] => [path, content]),
  ]);
  return { status: 201, body: { sha: repository.addTree(files) } };
}

function createRef({ repository, body }: GitRequest): GitAnswer {
  const name = String(body.ref).replace(/^refs\//, '');
  if (repository.refs.has(name)) {
    return refused('Reference already exists');
  }
  repository.refs.set(name, String(body.sha));
  return { status: 201, body: { object: { sha: body.sha } } };
}

function getContent(request: GitRequest, path: string): GitAnswer {
  const files = request.repository.files(request.query.get('ref') ?? 'main');
  const content = files?.get(path);
  return content === undefined
    ? NOT_FOUND
    : { status: 200, body: { path, sha: blobSha(content) } };
}

/** Answers one request as GitHub's REST interface does. */
export function routeGit(request: GitRequest): GitAnswer {
  const { repository, method, query, body, origin } = request;
  const path = request.path.replace('/repos/ml-platform/ml-platform/', '');
  const [, kind, name] =
    /^(git\/ref|git\/commits|contents|commits)\/(.+)$/.exec(path) ?? [
      undefined,
      undefined,
      '',
    ];
  const commit = repository.commits.get(
    repository.refs.get(`heads/${name}`) ?? name,
  );
  switch (`${method} ${kind ?? path}`) {
    case 'GET pulls':
      return {
        status: 200,
        body: repository.pulls
          .filter(pull => query.get('head') === `ml-platform:${pull.head}`)
          .map(pull => pullBody(pull, origin)),
      };
    case 'POST pulls':
      return createPull(request);
    case 'GET git/ref': {
      const sha = repository.refs.get(name);
      return sha ? { status: 200, body: { object: { sha } } } : NOT_FOUND;
    }
    case 'GET git/commits':
      return commit
        ? { status: 200, body: { sha: name, tree: { sha: commit.tree } } }
        : NOT_FOUND;
    case 'GET commits':
      return commit
        ? {
            status: 200,
            body: { sha: repository.refs.get(`heads/${name}`) ?? name },
          }
        : NOT_FOUND;
    case 'GET contents':
      return getContent(request, name);
    case 'POST git/trees':
      return createTree(request);
    case 'POST git/commits':
      return {
        status: 201,
        body: {
          sha: repository.addCommit(
            String(body.tree),
            body.parents as string[],
          ),
        },
      };
    case 'POST git/refs':
      return createRef(request);
    default:
      return NOT_FOUND;
  }
}
