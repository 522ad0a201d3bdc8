import { expect, test } from '@playwright/test';
import { RAYJOBS } from '@ml-platform/rayjob';
import { stringify } from 'yaml';
import { Admin } from './support/Admin';
import { GitRepository } from './support/GitRepository';
import { Portal } from './support/Portal';
import { counting, rayJob } from './support/rayJob';
import { CLUSTER, GIT_NAMESPACE, readTarget, STATE } from './support/target';

const NAME = 'from-git';
const namespace = GIT_NAMESPACE;

test('a job comes from git, and is stopped through git alone', async () => {
  const admin = new Admin(readTarget());
  const portal = await Portal.signIn();
  const git = await GitRepository.open(STATE);
  const job = rayJob({ name: NAME, code: counting(600, 0.5) });
  const manifest = stringify({ ...job, metadata: { name: NAME, namespace } });

  const pull = await git.propose(
    `job-${NAME}`,
    `gitops/clusters/${CLUSTER}/jobs/${namespace}/${NAME}.yaml`,
    manifest,
  );
  await portal.until(
    NAME,
    ({ summary }) => summary.state === 'awaiting-merge',
    { namespace },
  );
  await git.merge(pull);
  await portal.until(NAME, ({ summary }) => summary.state === 'running', {
    namespace,
  });

  const { via, pullRequestUrl } = await portal.ray<{
    via: string;
    pullRequestUrl: string;
  }>(`/jobs/${CLUSTER}/${namespace}/${NAME}/stop`, { method: 'POST' });
  expect(via).toBe('git');
  await expect(admin.get(RAYJOBS, namespace, NAME)).resolves.toBeDefined();
  await git.merge(Number(pullRequestUrl.split('/').at(-1)));
  await expect
    .poll(() => admin.get(RAYJOBS, namespace, NAME), { timeout: 60_000 })
    .toBeUndefined();
  await portal.until(NAME, ({ summary }) => summary.state === 'stopped', {
    namespace,
    seconds: 5,
  });
});
