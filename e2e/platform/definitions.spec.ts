import { expect, test } from '@playwright/test';
import { ArgoCd } from './support/ArgoCd';
import { Fork } from './support/Fork';
import { rayJob } from './support/jobs';
import { Kubectl } from './support/Kubectl';
import { readTarget } from './support/target';

// Runs after all others: Argo CD may not see what changes in a kind that was gone for a
// moment until its controller starts again; docs/runbooks.md says so.

interface Found {
  readonly metadata: { readonly uid: string };
  readonly spec: object;
}

const target = readTarget();
const workload = new Kubectl(target.kubectl, target.workload);
const argocd = new ArgoCd(new Kubectl(target.kubectl, target.management));

const DEFINITION = 'rayjobs.ray.io';
const OPERATOR = 'workload-kuberay-operator';
const JOBS = 'workload-cluster-jobs-training';
let fork: Fork;

const definition = () => workload.get<Found>('crd', DEFINITION);

/** Its id; `undefined` also while its kind isn't there. */
async function idOfJob(): Promise<string | undefined> {
  const { ok, text } = await workload.try([
    ...['get', 'rayjobs.ray.io', '-n', 'training', 'kept'],
    ...['-o', 'jsonpath={.metadata.uid}'],
  ]);
  return ok ? text : undefined;
}

test.beforeAll(async () => {
  fork = await Fork.clone(target.git);
});

test.afterAll(() => fork.close());

test('a definition that someone deletes comes back, and jobs with it', async () => {
  const found = await definition();
  // The operator's chart comes from the internet; this is what it brings of definitions.
  await fork.editApps('workload-cluster', ({ apps }) => {
    apps['kuberay-operator'] = {
      ...{ wave: 20, project: 'workload', namespace: 'kuberay-system' },
      path: 'definitions',
    };
  });
  await fork.write('gitops/definitions/kustomization.yaml', {
    resources: ['rayjobs.yaml'],
  });
  await fork.write('gitops/definitions/rayjobs.yaml', {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: DEFINITION },
    spec: found?.spec,
  });
  await fork.write(
    'gitops/clusters/workload-cluster/jobs/training/kept.yaml',
    rayJob({}, { name: 'kept' }),
  );
  await fork.push('Definitions and a job');
  await argocd.refresh('workload-cluster', JOBS);
  await argocd.synced(OPERATOR);
  await expect.poll(idOfJob, { timeout: 60_000 }).toBeDefined();
  const first = await idOfJob();

  await workload.run(['delete', 'crd', DEFINITION, '--wait=false']);
  const idOfDefinition = async () =>
    (await definition())?.metadata.uid ?? found?.metadata.uid;
  await expect
    .poll(idOfDefinition, { timeout: 120_000 })
    .not.toBe(found?.metadata.uid);
  await argocd.synced(OPERATOR);
  await expect
    .poll(async () => (await idOfJob()) ?? first, { timeout: 240_000 })
    .not.toBe(first);
});
