import { blobSha } from '../write/fileChange';
import {
  created,
  NOT_FOUND,
  ok,
  page,
  refused,
  type GitAnswer,
  type GitRequest,
  type Route,
} from './fakeRoute';
import { createRef, deleteRef, getRef, matchingRefs } from './fakeRefRoutes';
import { checkRuns, combinedStatus, listReviews } from './fakeReviewRoutes';
import { FULL_NAME, type FakePull } from './FakeRepository';

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
    node_id: `PR_${pull.number}`,
    user: { login: 'portal' },
    labels: pull.labels.map(name => ({ name })),
    requested_reviewers: pull.reviewers.map(login => ({ login })),
    requested_teams: pull.teams.map(slug => ({ slug })),
    auto_merge: pull.autoMerge ? { merge_method: pull.autoMerge } : null,
    base: { ref: pull.base },
    draft: false,
    mergeable: pull.mergeableState === 'unknown' ? null : true,
    mergeable_state: pull.mergeableState,
  };
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

const getPull: Route = (request, name) => {
  const pull = request.repository.pulls[Number(name) - 1];
  return pull ? ok(pullBody(request, pull)) : NOT_FOUND;
};

const addLabels: Route = ({ repository, body }, name) => {
  const { labels } = repository.pulls[Number(name) - 1];
  labels.push(...(body.labels as string[]));
  return ok(labels);
};

const requestReviewers: Route = ({ repository, body }, name) => {
  const { reviewers, teams } = repository.pulls[Number(name) - 1];
  reviewers.push(...(body.reviewers as string[]));
  teams.push(...(body.team_reviewers as string[]));
  return created({});
};

/** The one mutation that is used: GitHub merges by itself. */
const graphql: Route = ({ repository, body }) => {
  const { pull, how } = body.variables as { pull: string; how: string };
  repository.pulls[Number(pull.replace('PR_', '')) - 1].autoMerge = how;
  return ok({ data: { enablePullRequestAutoMerge: {} } });
};

const pullFiles: Route = (request, name) => {
  const { repository } = request;
  const pull = repository.pulls[Number(name) - 1];
  const base = repository.files('main') ?? new Map<string, string>();
  const head = repository.files(pull.lastHead ?? pull.head) ?? base;
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

const getCommit: Route = ({ repository }, name) => {
  const sha = repository.refs.get(`heads/${name}`) ?? name;
  const commit = repository.commits.get(sha);
  return commit
    ? ok({
        sha,
        tree: { sha: commit.tree },
        committer: { date: commit.date },
      })
    : NOT_FOUND;
};

const createCommit: Route = ({ repository, body }) =>
  created({
    sha: repository.addCommit(String(body.tree), body.parents as string[]),
  });

const ROUTES: ReadonlyArray<readonly [RegExp, Route]> = [
  [/^GET pulls$/, listPulls],
  [/^POST pulls$/, createPull],
  [/^GET pulls\/(\d+)$/, getPull],
  [/^POST issues\/(\d+)\/labels$/, addLabels],
  [/^POST pulls\/(\d+)\/requested_reviewers$/, requestReviewers],
  [/^POST \/graphql$/, graphql],
  [/^PATCH pulls\/(\d+)$/, updatePull],
  [/^GET pulls\/(\d+)\/files$/, pullFiles],
  [/^GET git\/ref\/(.+)$/, getRef],
  [/^GET git\/matching-refs\/(.+)$/, matchingRefs],
  [/^POST git\/refs$/, createRef],
  [/^DELETE git\/refs\/(.+)$/, deleteRef],
  [/^GET git\/trees\/(.+)$/, getTree],
  [/^POST git\/trees$/, createTree],
  [/^GET git\/blobs\/(.+)$/, getBlob],
  [/^GET git\/commits\/(.+)$/, getCommit],
  [/^POST git\/commits$/, createCommit],
  [/^GET pulls\/(\d+)\/reviews$/, listReviews],
  [/^GET commits\/(.+)\/check-runs$/, checkRuns],
  [/^GET commits\/(.+)\/status$/, combinedStatus],
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
