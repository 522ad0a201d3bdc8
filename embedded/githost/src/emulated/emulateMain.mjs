// The emulated GitHub in a process of its own: `emulate` is an ES module with
// state in memory. This file adds what only the inside can: its state is kept
// on disk, pull requests follow their branches, and nobody but the front that
// started it is answered.
//
// Environment: GITHOST_DATA_DIR, GITHOST_REPOSITORY_DIR, GITHOST_SECRET,
// GITHOST_PUBLIC_URL, GITHOST_SEED (JSON).
// Messages to the parent: {type: 'ready', url}, {type: 'push', branch, before, after}.
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { BareRepository } from './BareRepository.mjs';
import { countPushTimes } from './pushTimes.mjs';
import { StateFile } from './StateFile.mjs';

const {
  GITHOST_DATA_DIR: dataDir,
  GITHOST_REPOSITORY_DIR: repositoryDir,
  GITHOST_SECRET: secret,
  GITHOST_PUBLIC_URL: publicUrl,
  GITHOST_SEED: seedJson,
} = process.env;

/**
 * The GitHub module that emulate itself loads. It is not among the package's
 * exports, but its store is the only way to the state (emulate keeps state on
 * disk for custom services only), so the version is pinned exactly.
 */
async function loadGitHubModule() {
  const entry = import.meta.resolve('emulate');
  const source = readFileSync(new URL(entry), 'utf8');
  const file = /\bgithub: \{[^}]*?import\("(\.\/[\w.-]+\.js)"\)/.exec(source);
  if (!file) {
    throw new Error(
      'This version of emulate keeps its GitHub module elsewhere',
    );
  }
  return import(new URL(file[1], entry).href);
}

/** GitHub moves a pull request along with its branches; emulate does not. */
function followBranches(github, onMoved) {
  const { branches, pullRequests } = github;
  const moved = (row, before) => {
    for (const pull of pullRequests.findBy('repo_id', row.repo_id)) {
      if (pull.state !== 'open') continue;
      if (pull.head_repo_id === row.repo_id && pull.head_ref === row.name)
        pullRequests.update(pull.id, { head_sha: row.sha });
      if (pull.base_ref === row.name)
        pullRequests.update(pull.id, { base_sha: row.sha });
    }
    onMoved({ branch: row.name, before, after: row.sha });
  };
  const update = branches.update.bind(branches);
  branches.update = (id, data) => {
    const before = branches.get(id)?.sha;
    const row = update(id, data);
    if (row && row.sha !== before) moved(row, before);
    return row;
  };
  const insert = branches.insert.bind(branches);
  branches.insert = data => {
    const row = insert(data);
    moved(row, undefined);
    return row;
  };
}

/** Marks a pull request merged whose merge commit the front has made. */
async function markMerged(github, webhooks, request) {
  const { fullName, number, sha, baseSha, login } = await request.json();
  const [owner, repo] = fullName.split('/');
  const row = github.repos.findOneBy('full_name', fullName);
  const find = rows =>
    rows.findBy('repo_id', row?.id).find(r => r.number === number);
  const pull = find(github.pullRequests);
  if (!pull) return { status: 404, body: { message: 'Not Found' } };
  const now = new Date().toISOString();
  const actor = github.users.findOneBy('login', login);
  const closed = { state: 'closed', closed_at: now };
  const issue = find(github.issues);
  if (issue) {
    github.issues.update(issue.id, {
      ...closed,
      closed_by_id: actor?.id ?? null,
    });
  }
  github.repos.update(row.id, {
    open_issues_count: Math.max(0, row.open_issues_count - 1),
  });
  const merged = github.pullRequests.update(pull.id, {
    ...closed,
    merged: true,
    merged_at: now,
    merged_by_id: actor?.id ?? null,
    merge_commit_sha: sha,
    // What it was merged onto, so that its diff stays what it was.
    base_sha: baseSha,
    mergeable: false,
    mergeable_state: 'unknown',
  });
  void webhooks.dispatch(
    'pull_request',
    'closed',
    {
      action: 'closed',
      number,
      pull_request: {
        number,
        merged: true,
        merge_commit_sha: sha,
        html_url: `${publicUrl}/${fullName}/pull/${number}`,
        head: { ref: merged.head_ref, sha: merged.head_sha },
        base: { ref: merged.base_ref, sha: merged.base_sha },
      },
      repository: { full_name: fullName, name: repo },
      sender: { login },
    },
    owner,
    repo,
  );
  return { status: 200, body: { merged: true, sha } };
}

/** emulate keeps hooks in its state, and who listens only in memory. */
function resumeWebhooks(github, webhooks) {
  for (const {
    id,
    repo_id: repoId,
    events,
    active,
    config,
  } of github.webhooks.all()) {
    const repository = github.repos.get(repoId);
    if (!repository) continue;
    const [owner, repo] = repository.full_name.split('/');
    const { url, secret: hookSecret } = config;
    webhooks.register({
      id,
      url,
      events,
      active,
      secret: hookSecret,
      owner,
      repo,
    });
  }
}

const module = await loadGitHubModule();
const plugin = module.githubPlugin;
const register = plugin.register.bind(plugin);
const seed = JSON.parse(seedJson);
const [{ owner, name }] = seed.github.repos;
const repository = new BareRepository(repositoryDir, `${owner}/${name}`);
const state = new StateFile(dataDir, repository);
let ready = false;
let resume = () => {};

plugin.register = (app, store, webhooks, ...rest) => {
  const github = module.getGitHubStore(store);
  state.attach(store);
  countPushTimes(webhooks);
  resume = () => resumeWebhooks(github, webhooks);
  followBranches(github, move => {
    if (ready) process.send?.({ type: 'push', ...move });
  });
  app.use('*', async (c, next) => {
    if (c.req.header('x-githost-secret') !== secret) {
      return c.json({ message: 'Not Found' }, 404);
    }
    await next();
    // Before the answer: what a client has been told survives a crash.
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') state.save();
    return undefined;
  });
  app.post('/_githost/merged', async c => {
    const { status, body } = await markMerged(github, webhooks, c.req.raw);
    return c.json(body, status);
  });
  register(app, store, webhooks, ...rest);
};

const { createEmulator } = await import('emulate');
// With a public URL set, emulate does not tell which port the system gave it.
const listening = new Promise(resolve => {
  subscribe('tracing:net.server.listen:asyncEnd', ({ server }) => {
    resolve(server.address().port);
  });
});
await createEmulator({
  service: 'github',
  port: 0,
  hostname: '127.0.0.1',
  baseUrl: publicUrl,
  seed,
});
state.restore();
resume();
ready = true;
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
// The terminal sends Ctrl-C to the whole group; the parent decides the order.
process.on('SIGINT', () => {});
process.send?.({
  type: 'ready',
  url: `http://127.0.0.1:${await listening}`,
});
