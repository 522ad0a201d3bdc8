import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ROOT } from '../support/runPlatform';
import { container, pod, sized } from './support/jobs';
import { Kubectl } from './support/Kubectl';
import { FACTS, readTarget } from './support/target';

const { kubectl, workload } = readTarget();
const admin = new Kubectl(kubectl, workload);
const training = ['--namespace', 'training'];

test('Pod Security refuses what no policy speaks of', async () => {
  const { ok, text } = await admin.dryRun(
    pod({
      containers: [
        container('main', {
          securityContext: { seccompProfile: { type: 'Unconfined' } },
        }),
      ],
    }),
  );
  expect(ok).toBe(false);
  expect(text).toContain('violates PodSecurity "baseline:latest"');
});

test('nothing in a namespace with jobs is reached from outside', async () => {
  const { ok, text } = await admin.dryRun({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'open', namespace: 'training' },
    spec: { type: 'LoadBalancer', ports: [{ port: 80 }] },
  });
  expect(ok).toBe(false);
  expect(text).toContain(
    'exceeded quota: jobs, requested: services.loadbalancers=1',
  );
});

test('a namespace has no more than its quota', async () => {
  const { ok, text } = await admin.dryRun(
    pod({
      containers: Array.from({ length: 26 }, (_, index) =>
        container(`part-${index}`, { resources: sized({ cpu: '16' }) }),
      ),
    }),
  );
  expect(ok).toBe(false);
  expect(text).toContain('exceeded quota: jobs, requested: limits.cpu=416');
});

test('a container that does not say has little', async () => {
  const name = 'unsized';
  await admin.try(['delete', 'pod', ...training, name, '--now']);
  const { metadata, ...rest } = pod({
    containers: [container('main', { resources: undefined })],
  });
  await admin.apply({ ...rest, metadata: { ...metadata, name } });
  const made = await admin.get<{
    spec: { containers: readonly { resources: object }[] };
  }>(...training, 'pod', name);
  await admin.run(['delete', 'pod', ...training, name, '--now']);
  expect(made?.spec.containers[0]?.resources).toEqual({
    requests: { cpu: '100m', memory: '256Mi' },
    limits: { cpu: '1', memory: '1Gi' },
  });
});

/** What `kubectl auth can-i` says of the portal's Google account. */
async function portalMay(verb: string, ...rest: readonly string[]) {
  const account = FACTS['portal-account'] ?? '';
  const { text } = await admin.try([
    ...['auth', 'can-i', verb, ...rest, '--as', account],
  ]);
  return text.split('\n')[0];
}

for (const [verb, kind, namespace, answer] of [
  ['list', 'rayjobs.ray.io', 'default', 'yes'],
  ['get', 'pods/log', 'training', 'yes'],
  ['list', 'localqueues.kueue.x-k8s.io', 'training', 'yes'],
  ['create', 'rayjobs.ray.io', 'training', 'yes'],
  ['patch', 'rayclusters.ray.io', 'training', 'yes'],
  ['create', 'rayjobs.ray.io', 'default', 'no'],
  ['create', 'pods', 'training', 'no'],
  ['get', 'secrets', 'training', 'no'],
] as const) {
  test(`the portal's account may${answer === 'no' ? ' not' : ''} ${verb} ${kind} in ${namespace}`, async () => {
    expect(await portalMay(verb, kind, '--namespace', namespace)).toBe(answer);
  });
}

for (const folder of [
  ...['rbac/portal', 'rbac/namespace', 'rbac/deployer'],
  ...['admission', 'namespace', 'queues'],
]) {
  test(`who uses no Argo CD can apply kubernetes/${folder}`, async () => {
    const path = join(ROOT, 'kubernetes', folder);
    const { ok, text } = await admin.try([
      ...['apply', '--dry-run=server', '--server-side', '--force-conflicts'],
      ...['-k', path],
    ]);
    expect(text).not.toContain('Error');
    expect(ok).toBe(true);
  });
}
