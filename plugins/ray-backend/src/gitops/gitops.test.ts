import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import type { JobSummary } from '@ml-platform/rayjob';
import { until } from '@ml-platform/kube/testUtils';
import { readGitOps, GitHubRepo } from '@ml-platform/gitops';
import { JobIndex } from '../jobs/JobIndex';
import { GitOps } from './GitOps';
import { GitOpsWatcher } from './GitOpsWatcher';

const FOLDER = 'gitops/clusters/workload-cluster/jobs/training';

const manifest = (name: string) => `apiVersion: ray.io/v1
kind: RayJob
metadata:
  name: ${name}
  labels: { app.kubernetes.io/name: hello-ray, app.kubernetes.io/version: 1.0.0 }
  annotations: { ml-platform.dev/requester: 'user:default/ada' }
spec:
  entrypoint: python hello.py
`;

interface Pull {
  readonly number: number;
  readonly head: string;
  open: boolean;
}

/** The part of GitHub's REST API that is used, over real HTTP. */
class FakeGitHub {
  readonly requests: string[] = [];
  readonly branches = new Map<string, Map<string, string>>([
    ['main', new Map()],
  ]);
  readonly pulls: Pull[] = [];
  down = false;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      let text = '';
      request.on('data', chunk => {
        text += chunk;
      });
      request.on('end', () => {
        const { method = 'GET', url = '/' } = request;
        const path = decodeURIComponent(url.replace('/api/v3/repos/o/r', ''));
        this.requests.push(`${method} ${path}`);
        const answer = this.down
          ? undefined
          : this.answer(method, path, text ? JSON.parse(text) : {});
        const body = JSON.stringify(answer ?? { message: 'no' });
        const etag = `"${Buffer.from(body).toString('base64').slice(-40)}"`;
        if (answer && request.headers['if-none-match'] === etag) {
          response.writeHead(304).end();
          return;
        }
        let status = answer ? 200 : 404;
        if (this.down) {
          status = 503;
        }
        response.writeHead(status, {
          'content-type': 'application/json',
          etag,
        });
        response.end(body);
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>(resolve => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  files(branch: string): Map<string, string> {
    return this.branches.get(branch) ?? new Map();
  }

  /** Commit of a branch: its content, so that it changes with it. */
  private sha(branch: string): string {
    return `${branch}!${[...this.files(branch).keys()].length}`;
  }

  private pull({ number, head }: Pull) {
    return {
      number,
      html_url: `http://git/pull/${number}`,
      created_at: '2026-11-23T21:00:00Z',
      head: { ref: head, sha: this.sha(head) },
    };
  }

  private answer(
    method: string,
    path: string,
    body: Record<string, string>,
  ): unknown {
    const [route, query = ''] = path.split('?');
    if (route === '/pulls' && method === 'GET') {
      return this.pulls.filter(({ open }) => open).map(pull => this.pull(pull));
    }
    if (route === '/pulls') {
      const pull = {
        number: this.pulls.length + 1,
        head: body.head,
        open: true,
      };
      this.pulls.push(pull);
      return this.pull(pull);
    }
    const files = /^\/pulls\/(\d+)\/files$/.exec(route);
    if (files) {
      const head = this.pulls[Number(files[1]) - 1].head;
      return [...this.files(head).keys()]
        .filter(name => !this.files('main').has(name))
        .map(filename => ({ filename, status: 'added', sha: filename }));
    }
    const ref = /^\/git\/ref\/heads\/(.*)$/.exec(route);
    if (ref) {
      return { object: { sha: this.sha(ref[1]) } };
    }
    if (route === '/git/refs' && method === 'POST') {
      const name = body.ref.replace('refs/heads/', '');
      this.branches.set(name, new Map(this.files('main')));
      return {};
    }
    const tree = /^\/git\/trees\/([^!]+)!/.exec(route);
    if (tree) {
      return {
        tree: [...this.files(tree[1]).keys()].map(name => ({
          type: 'blob',
          path: name,
          sha: name,
        })),
      };
    }
    const name = route.replace('/contents/', '');
    if (method === 'PUT') {
      const text = Buffer.from(body.content, 'base64').toString();
      this.files(body.branch).set(name, text);
      return {};
    }
    if (method === 'DELETE') {
      const branch = body.branch ?? new URLSearchParams(query).get('branch');
      return this.files(branch).delete(name) ? {} : undefined;
    }
    const branch = new URLSearchParams(query).get('ref')?.split('!')[0] ?? '';
    const text = this.files(branch).get(name);
    return text === undefined
      ? undefined
      : {
          type: 'file',
          sha: name,
          content: Buffer.from(text).toString('base64'),
        };
  }
}

describe('jobs in git', () => {
  let github: FakeGitHub;
  let index: JobIndex;
  let watcher: GitOpsWatcher;
  let gitops: GitOps;
  let synced: boolean;

  beforeEach(async () => {
    github = new FakeGitHub();
    const host = await github.start();
    const root = new ConfigReader({
      ray: { gitops: { repoUrl: `http://${host}/o/r` } },
      integrations: {
        github: [{ host, apiBaseUrl: `http://${host}/api/v3`, token: 't' }],
      },
    });
    const config = readGitOps(root);
    if (!config) {
      throw new Error('There is a configuration');
    }
    const logger = mockServices.logger.mock();
    const repo = new GitHubRepo({
      config,
      integrations: ScmIntegrations.fromConfig(root),
      logger,
    });
    index = new JobIndex();
    synced = true;
    watcher = new GitOpsWatcher({
      config,
      repo,
      index,
      logger,
      isSynced: () => synced,
      onStatus: () => {},
    });
    gitops = new GitOps({ config, repo, watcher });
  });

  afterEach(() => github.close());

  function propose(name: string, text = manifest(name)) {
    const head = `ray-job/${name}`;
    const path = `${FOLDER}/${name}.yaml`;
    github.branches.set(head, new Map([...github.files('main'), [path, text]]));
    const pull = { number: github.pulls.length + 1, head, open: true };
    github.pulls.push(pull);
    return {
      merge() {
        pull.open = false;
        github.files('main').set(path, text);
      },
    };
  }

  const row = (name: string): JobSummary | undefined =>
    index.get({ cluster: 'workload-cluster', namespace: 'training', name });

  it('looks at once when a job left its cluster that was in git', async () => {
    propose('hello-1').merge();
    const stop = new AbortController();
    const running = watcher.run(stop.signal);
    await until(() => row('hello-1')?.state === 'awaiting-sync');
    const ref = {
      cluster: 'workload-cluster',
      namespace: 'training',
      name: 'hello-1',
    };
    const live = row('hello-1');
    if (live) {
      index.setLive({ ...live, uid: 'live', state: 'running' });
    }
    github.files('main').clear();
    index.removeLive(ref);
    const beforeTheNextPoll = 2_000;
    await until(() => row('hello-1') === undefined, beforeTheNextPoll);
    expect(row('hello-1')).toBeUndefined();
    stop.abort();
    await running;
  });

  it('shows a job from its pull request to its cluster', async () => {
    const pull = propose('hello-1');
    await watcher.refresh();
    expect(row('hello-1')).toMatchObject({
      uid: `git:${FOLDER}/hello-1.yaml`,
      state: 'awaiting-merge',
      message: 'Pull request #1 waits to be merged',
      workload: 'hello-ray',
      version: '1.0.0',
      owner: 'user:default/ada',
      createdAt: '2026-11-23T21:00:00Z',
      gitops: { pullRequestUrl: 'http://git/pull/1' },
    });
    pull.merge();
    await watcher.refresh();
    expect(row('hello-1')).toMatchObject({
      state: 'awaiting-sync',
      gitops: { pullRequestUrl: 'http://git/pull/1' },
    });
    const merged = row('hello-1');
    if (merged) {
      index.setLive({
        ...merged,
        uid: 'live',
        state: 'pending',
        gitops: undefined,
      });
    }
    await watcher.refresh();
    expect(row('hello-1')).toMatchObject({
      uid: 'live',
      state: 'pending',
      gitops: { pullRequestUrl: 'http://git/pull/1' },
    });
  });

  it('forgets a pull request that is closed', async () => {
    propose('hello-1');
    await watcher.refresh();
    github.pulls[0].open = false;
    await watcher.refresh();
    expect(row('hello-1')).toBeUndefined();
  });

  it('asks for nothing again that did not change', async () => {
    propose('hello-1').merge();
    propose('hello-2');
    await watcher.refresh();
    github.requests.length = 0;
    await watcher.refresh();
    expect(github.requests.map(line => line.split('?')[0])).toEqual([
      'GET /pulls',
      'GET /git/ref/heads/main',
    ]);
  });

  it('shares one reading among callers at the same time', async () => {
    await Promise.all([
      watcher.refresh(),
      watcher.refresh(),
      watcher.refresh(),
    ]);
    expect(github.requests).toHaveLength(3);
  });

  it('keeps the rows and says so when GitHub fails, and comes back', async () => {
    propose('hello-1');
    await watcher.refresh();
    github.down = true;
    await watcher.refresh();
    expect(watcher.status).toMatchObject({ name: 'git', ok: false });
    expect(row('hello-1')?.state).toBe('awaiting-merge');
    github.down = false;
    await watcher.refresh();
    expect(watcher.status.ok).toBe(true);
  });

  it('does not call a job missing on a cluster that was not read', async () => {
    synced = false;
    propose('hello-1').merge();
    await watcher.refresh();
    expect(row('hello-1')).toMatchObject({
      state: 'unknown',
      message: "In git; workload-cluster can't be asked whether it has the job",
    });
  });

  it.each([
    ['kind: Pod\nmetadata: { name: x }', 'holds no RayJob'],
    ['a: [', 'is no valid YAML'],
  ])('shows a manifest that can not be read: %s', async (text, problem) => {
    propose('hello-1', text);
    await watcher.refresh();
    expect(row('hello-1')).toMatchObject({
      state: 'awaiting-merge',
      reason: 'InvalidManifest',
      message: expect.stringContaining(problem),
    });
  });

  it('removes a job through one pull request, however often it is asked', async () => {
    propose('hello-1').merge();
    await watcher.refresh();
    const job = row('hello-1');
    if (!job) {
      throw new Error('The job is there');
    }
    const request = { verb: 'Stop', requester: 'user:default/ada' } as const;
    const first = await gitops.remove(job, request);
    const second = await gitops.remove(job, request);
    expect(second).toEqual(first);
    expect(github.pulls).toHaveLength(2);
    expect([...github.files('ray-job/remove-hello-1').keys()]).toEqual([]);
    expect([...github.files('main').keys()]).toEqual([
      `${FOLDER}/hello-1.yaml`,
    ]);
  });
});
