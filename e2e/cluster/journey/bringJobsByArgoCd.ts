import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ArgoCd } from '../../platform/support/ArgoCd';
import { Kubectl } from '../../platform/support/Kubectl';
import { ROOT } from '../../support/runPlatform';
import { APPLICATION, readArgoCdTarget, REPOSITORY_URL } from './target';

const UPSTREAM = 'https://github.com/ml-platform/ml-platform';
/** What brings jobs, of the repository's own gitops/. */
const FILES = [
  'gitops/argocd/apps/projects/workload-cluster-jobs-training.yaml',
  'gitops/argocd/apps/workload-cluster-jobs.yaml',
];

/** Has Argo CD bring the jobs of the embedded Git host, as it brings those of GitHub. */
export async function bringJobsByArgoCd(): Promise<ArgoCd> {
  const { kubectl, kubeconfig } = readArgoCdTarget();
  const management = new Kubectl(kubectl, kubeconfig);
  const argocd = new ArgoCd(management);
  await argocd.configure();
  for (const file of FILES) {
    const text = await readFile(join(ROOT, file), 'utf8');
    await management.apply(parse(text.replaceAll(UPSTREAM, REPOSITORY_URL)));
  }
  // An earlier run's Application may follow a repository that is gone.
  await argocd.refresh(APPLICATION);
  await argocd.synced(APPLICATION);
  return argocd;
}
