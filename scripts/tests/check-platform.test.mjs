import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STATE, runScript } from './support/recorder.mjs';

const app = (name, have = '2') => ({
  when: `name=${name} `,
  stdout: `${name}-ns ${name} 2 ${have}\n`,
});

const WELL = [
  ...STATE,
  { when: 'get nodes', stdout: 'True\nTrue\n' },
  {
    when: 'get applications',
    stdout: 'root Synced Healthy\nbackstage Synced Healthy\n',
  },
  app('argocd-server'),
  app('backstage'),
  app('kuberay-operator'),
  app('kueue'),
  {
    when: 'secrets versions list',
    stdout: 'projects/1/secrets/s/versions/1\n',
  },
];

const instead = (...answers) => ({ answers: [...answers, ...WELL] });

test('finds a healthy platform well, and changes nothing', async () => {
  const { code, stdout, lines } = await runScript(
    'check-platform',
    [],
    instead(),
  );
  assert.equal(code, 0, stdout);
  assert.ok(!stdout.includes('WRONG'));
  assert.equal(stdout.match(/^ok /gm).length, 13);
  assert.ok(lines.every(line => / get | versions list | output /.test(line)));
});

for (const [what, answer, advice] of [
  [
    'a cluster that does not answer',
    { when: 'workload get --raw', exit: 1 },
    /scripts\/connect-clusters/,
  ],
  [
    'a cluster without nodes',
    { when: 'management get nodes', stdout: 'False\n' },
    /\(0\)\n.*quotas/,
  ],
  [
    'an Application that is degraded',
    {
      when: 'get applications',
      stdout: 'root Synced Healthy\nkueue OutOfSync Degraded\n',
    },
    /kueue \(OutOfSync, Degraded\)/,
  ],
  [
    'an Application that nobody has looked at',
    { when: 'get applications', stdout: 'root  \n' },
    /root \(not synced yet, no health yet\)/,
  ],
  [
    'a repository that the root Application can not read',
    { when: 'get applications', stdout: '' },
    /can't read the repository/,
  ],
  [
    'a cluster without Argo CD',
    { when: 'get applications', exit: 1 },
    /Argo CD is not installed/,
  ],
  [
    'a portal with a pod too few',
    app('backstage', '1'),
    /\(1 of 2\)\n.*describe deployment backstage/,
  ],
  [
    'an operator that is missing',
    { when: 'name=kueue ', stdout: '' },
    /kueue runs on the workload cluster\n.*isn't there/,
  ],
  [
    'a secret without a value',
    { when: 'list ml-platform-session', stdout: '' },
    /gcloud secrets versions add ml-platform-session/,
  ],
]) {
  test(`reports ${what}, and what to do`, async () => {
    const { code, stdout, stderr } = await runScript(
      'check-platform',
      [],
      instead(answer),
    );
    assert.equal(code, 1);
    assert.match(stdout, advice);
    assert.equal(stdout.match(/^WRONG /gm).length, 1, stdout);
    assert.match(stderr, /1 of these are wrong/);
  });
}

test('waits until all is well', async () => {
  const { code, stdout } = await runScript(
    'check-platform',
    ['--wait', '60'],
    instead({
      when: 'get applications',
      stdout: 'root OutOfSync Missing\n',
      once: 'first',
    }),
  );
  assert.equal(code, 0);
  assert.match(stdout, /1 wrong; checking again[\s\S]*All is well/);
});
