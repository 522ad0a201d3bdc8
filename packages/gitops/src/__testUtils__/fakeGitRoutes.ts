import { blobSha } from '../write/fileChange';
import {
  FULL_NAME,
  type FakePull,
  type FakeRepository,
} from './FakeRepository';

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

type Route = (request: GitRequest, name: string) => GitAnswer;

const NOT_FOUND: GitAnswer = { status: 404, body: { message: 'Not Found' } };
const ok = (body: unknown): GitAnswer => ({ status: 200, body });
const created = (body: unknown): GitAnswer => ({ status: 201, body });
const refused = (message: string): GitAnswer => ({
  status: 422,
  body: { message: 'Validation Failed', errors: [{ message }] },
});

function pullBody({ repository, origin }: GitRequest, pull: FakePull) {
  return {
    number: pull.number,
    html_url: `${origin}/${FULL_NAME}/pull/${pull.number}`,
    state: pull.state,
    created_at: '2026-11-23T21:00:00Z',
    merged_at: pull.mergedAt,
    head: {
      ref: pull.head,
      sha: repository.refs.get(`heads/${pull.head}`) ?? '',
      repo: { full_name: pull.from },
    },
    title: pull.title,
    body: pull.body,
  };
}

/** One page of a list. */
function page<T>({ query }: GitRequest, items: readonly T[]): readonly T[] {
  const size = Number(query.get('per_page') ?? 30);
  const start = (Number(query.get('page') ?? 1) - 1) * size;
  return items.slice(start, start + size);
}

const listPulls: Route = request => {
  const { repository, query } = request;
  const [state, head] = [query.get('state') ?? 'open', query.get('head')];
  const pulls = repository.pulls
    .filter(pull => state === 'all' || pull.state === state)
    .filter(pull => !head || head === `ml-platform:${pull.head}`)
    .reverse();
  return ok(page(request, pulls).map(pull => pullBody(request, pull)));
};

const createPull: Route = request => {
  const { repository, body } = request;
  const head = String(body.head);
  if (!repository.refs.has(`heads/${head}`)) {
    return refused('head is invalid');
  }
  const open = repository.pulls.some(
    pull =>
      pull.head === head && pull.state === 'open' && pull.from === FULL_NAME,
  );
  if (open) {
    return refused(`A pull request already exists for ml-platform:${head}.`);
  }
  const pull = repository.open(head, {
    base: String(body.base),
    title: String(body.title),
    body: String(body.body),
  });
  return created(pullBody(request, pull));
};

const updatePull: Route = (request, name) => {
  const pull = request.repository.pulls[Number(name) - 1];
  if (!pull) {
    return NOT_FOUND;
  }
  pull.state = request.body.state === 'closed' ? 'closed' : pull.state;
  return ok(pullBody(request, pull));
};

const pullFiles: Route = (request, name) => {
  const { repository } = request;
  const pull = repository.pulls[Number(name) - 1];
  const base = repository.files('main') ?? new Map<string, string>();
  const head = repository.files(pull.head) ?? base;
  const files = [
    ...[...head]
      .filter(([path, text]) => base.get(path) !== text)
      .map(([filename, text]) => ({
        filename,
        sha: blobSha(text),
        status: base.has(filename) ? 'modified' : 'added',
      })),
    ...[...base.keys()]
      .filter(path => !head.has(path))
      .map(filename => ({ filename, sha: null, status: 'removed' })),
  ];
  return ok(page(request, files));
};

const createTree: Route = ({ repository, body }) => {
  const base = repository.trees.get(String(body.base_tree));
  if (!base) {
    return refused('base_tree is not a tree');
  }
  const entries = body.tree as Array<{
    path: string;
    content?: string;
    sha?: null;
  }>;
  const files = new Map(base);
  for (const { path, content } of entries) {
    if (content === undefined) {
      files.delete(path);
    } else {
      files.set(path, content);
    }
  }
  return created({ sha: repository.addTree(files) });
};

const createRef: Route = ({ repository, body }) => {
  const name = String(body.ref).replace(/^refs\//, '');
  if (repository.refs.has(name)) {
    return refused('Reference already exists');
  }
  repository.refs.set(name, String(body.sha));
  return created({ object: { sha: body.sha } });
};

const getContent: Route = ({ repository, query }, path) => {
  const content = repository.files(query.get('ref') ?? 'main')?.get(path);
  return content === undefined
    ? NOT_FOUND
    : ok({ path, type: 'file', sha: blobSha(content) });
};

const getTree: Route = ({ repository }, name) => {
  const sha = repository.commits.get(name)?.tree ?? name;
  const tree = repository.folders.get(sha);
  return tree ? ok({ sha, tree, truncated: false }) : NOT_FOUND;
};

const getBlob: Route = ({ repository }, name) => {
  const text = repository.blobs.get(name);
  const content = Buffer.from(text ?? '').toString('base64');
  return text === undefined ? NOT_FOUND : ok({ sha: name, content });
};

const getRef: Route = ({ repository }, name) => {
  const sha = repository.refs.get(name);
  return sha ? ok({ object: { sha } }) : NOT_FOUND;
};

const deleteRef: Route = ({ repository }, name) =>
  repository.refs.delete(name)
    ? { status: 204, body: '' }
    : refused('Reference does not exist');

const getCommit: Route = ({ repository }, name) => {
  const sha = repository.refs.get(`heads/${name}`) ?? name;
  const commit = repository.commits.get(sha);
  return commit ? ok({ sha, tree: { sha: commit.tree } }) : NOT_FOUND;
};

const createCommit: Route = ({ repository, body }) =>
  created({
    sha: repository.addCommit(String(body.tree), body.parents as string[]),
  });

const ROUTES: ReadonlyArray<readonly [RegExp, Route]> = [
  [/^GET pulls$/, listPulls],
  [/^POST pulls$/, createPull],
  [/^PATCH pulls\/(\d+)$/, updatePull],
  [/^GET pulls\/(\d+)\/files$/, pullFiles],
  [/^GET git\/ref\/(.+)$/, getRef],
  [/^POST git\/refs$/, createRef],
  [/^DELETE git\/refs\/(.+)$/, deleteRef],
  [/^GET git\/trees\/(.+)$/, getTree],
  [/^POST git\/trees$/, createTree],
  [/^GET git\/blobs\/(.+)$/, getBlob],
  [/^GET git\/commits\/(.+)$/, getCommit],
  [/^POST git\/commits$/, createCommit],
  [/^GET commits\/(.+)$/, getCommit],
  [/^GET contents\/(.+)$/, getContent],
];

/** Answers one request as GitHub's REST interface does. */
export function routeGit(request: GitRequest): GitAnswer {
  const path = request.path.replace(`/repos/${FULL_NAME}/`, '');
  for (const [pattern, route] of ROUTES) {
    const match = pattern.exec(`${request.method} ${path}`);
    if (match) {
      return route(request, match[1] ?? '');
    }
  }
  return NOT_FOUND;
}
