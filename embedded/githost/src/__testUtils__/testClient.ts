import { Octokit } from 'octokit';
import { TEST_TOKEN, TestGitHost } from './testGitHost';

/** What octokit wants to know of the repository. */
export const repo = { owner: 'ml-platform', repo: 'ml-platform' };
export const JOBS = 'gitops/clusters/workload-cluster/jobs';

/** octokit against the test's git host, without its waits. */
export function connect(
  git: TestGitHost,
  auth: string | undefined = TEST_TOKEN,
) {
  const silent = () => undefined;
  return new Octokit({
    baseUrl: git.host.apiUrl,
    auth,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    retry: { enabled: false },
    throttle: { enabled: false },
  }).rest;
}

export const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Adds a file on a branch of its own and opens a pull request for it. */
export async function propose(git: TestGitHost, name: string, content = name) {
  const api = connect(git);
  const branch = `ray-job/${name}`;
  const { data: main } = await api.git.getRef({ ...repo, ref: 'heads/main' });
  await api.git.createRef({
    ...repo,
    ref: `refs/heads/${branch}`,
    sha: main.object.sha,
  });
  await api.repos.createOrUpdateFileContents({
    ...repo,
    branch,
    path: `${JOBS}/training/${name}.yaml`,
    message: `Add ${name}`,
    content: base64(`${content}\n`),
  });
  const { data: pull } = await api.pulls.create({
    ...repo,
    title: `Run ${name}`,
    body: `Job page: http://localhost:7007/ray/jobs/${name} <script>alert(1)</script>`,
    head: branch,
    base: 'main',
  });
  return { pull, branch };
}

/** Bytes of a file, or the status where there is none. */
export async function read(git: TestGitHost, path: string, ref = 'main') {
  const answer = await fetch(
    `${git.host.apiUrl}/repos/ml-platform/ml-platform/contents/${path}?ref=${ref}`,
    { headers: { accept: 'application/vnd.github.v3.raw' } },
  );
  return answer.ok ? Buffer.from(await answer.arrayBuffer()) : answer.status;
}
