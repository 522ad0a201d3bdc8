import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STATE, runScript } from './support/recorder.mjs';

const VERSIONS = { when: 'secrets versions list', stdout: '3\n2\n1\n' };
/** External Secrets reads the new value between the first look and the next. */
const READ = ['argocd', 'backstage'].flatMap(namespace => {
  const when = `--namespace ${namespace} get externalsecrets`;
  return [
    { when, stdout: 'one 10:00:00 True\ntwo 10:00:01 True\n', once: namespace },
    { when, stdout: 'one 10:05:00 True\ntwo 10:05:00 True\n' },
  ];
});
const ADDED = {
  when: 'secrets versions add',
  stdout: 'projects/1/secrets/s/versions/3\n',
};

test('makes a session secret, has it read, restarts the portal, and only then disables the old ones', async () => {
  const { code, calls, lines, stdout } = await runScript(
    'rotate-credentials',
    ['session'],
    { answers: [...STATE, ...READ, ADDED, VERSIONS] },
  );
  assert.equal(code, 0);
  assert.deepEqual(
    lines
      .filter(
        line =>
          !/^terraform|get-contexts|get externalsecrets|versions list/.test(
            line,
          ),
      )
      .map(line => line.replace(/force-sync=\d+/, 'force-sync=NOW')),
    [
      'gcloud secrets versions add ml-platform-session --project demo-project --data-file=- --format value(name)',
      'kubectl --context management --namespace backstage annotate externalsecrets.external-secrets.io --all --overwrite force-sync=NOW',
      'kubectl --context management --namespace backstage rollout restart deployment/backstage',
      'kubectl --context management --namespace backstage rollout status deployment/backstage --timeout 300s',
      'gcloud secrets versions disable 2 --secret ml-platform-session --project demo-project',
      'gcloud secrets versions disable 1 --secret ml-platform-session --project demo-project',
    ],
  );
  const { stdin } = calls.find(call => call.line.includes('versions add'));
  assert.equal(Buffer.from(stdin, 'base64').length, 32);
  assert.ok(!stdout.includes(stdin), 'The value is never shown.');
  assert.ok(
    !lines.some(line => line.includes(stdin)),
    'The value is on no command line.',
  );
});

test('makes another value each time', async () => {
  const run = () =>
    runScript('rotate-credentials', ['session'], {
      answers: [...STATE, ...READ, ADDED, VERSIONS],
    });
  const values = await Promise.all([run(), run()]);
  const [first, second] = values.map(
    ({ calls }) => calls.find(call => call.stdin).stdin,
  );
  assert.notEqual(first, second);
});

test('takes a key from standard input, byte for byte', async () => {
  const key = '-----BEGIN KEY-----\nline one\n\tline two\n-----END KEY-----\n';
  const { code, calls } = await runScript(
    'rotate-credentials',
    ['github-app', '--keep-old'],
    {
      answers: [...STATE, ...READ, ADDED],
      input: key,
    },
  );
  assert.equal(code, 0);
  assert.equal(
    calls.find(call => call.line.includes('versions add')).stdin,
    key,
  );
  assert.ok(
    calls.some(call => call.line.includes('--namespace argocd annotate')),
  );
  assert.ok(!calls.some(call => call.line.includes('versions disable')));
});

test('refuses an empty value', async () => {
  const { code, stderr, lines } = await runScript(
    'rotate-credentials',
    ['oidc-client'],
    { answers: STATE },
  );
  assert.equal(code, 1);
  assert.match(stderr, /the value isn't empty/);
  assert.ok(!lines.some(line => /versions add|rollout/.test(line)));
});

test('waits until the new value is read, which being ready does not say', async () => {
  const old = {
    when: 'get externalsecrets',
    stdout: 'session 10:00:00 True\n',
  };
  const { code, lines } = await runScript('rotate-credentials', ['session'], {
    answers: [
      ...STATE,
      { ...old, once: 'before' },
      { ...old, once: 'ready, and not read' },
      {
        when: 'get externalsecrets',
        stdout: 'session 10:05:00 False\n',
        once: 'failed',
      },
      { when: 'get externalsecrets', stdout: 'session 10:05:02 True\n' },
      ADDED,
      VERSIONS,
    ],
  });
  assert.equal(code, 0);
  assert.equal(
    lines.filter(line => line.includes('get externalsecrets')).length,
    4,
  );
});

test('keeps the old versions when the new one is not read or the portal does not come up', async () => {
  for (const [when, advice] of [
    ['get externalsecrets', /the portal still has the old one/],
    ['rollout status', /its old pods still serve/],
  ]) {
    const { code, stderr, lines } = await runScript(
      'rotate-credentials',
      ['session'],
      {
        answers: [...STATE, { when, exit: 1 }, ...READ, ADDED, VERSIONS],
      },
    );
    assert.equal(code, 1);
    assert.match(stderr, advice);
    assert.ok(!lines.some(line => line.includes('versions disable')));
  }
});

test('says to set a webhook secret on GitHub, and restarts nothing for it', async () => {
  const { stdout, lines } = await runScript('rotate-credentials', ['webhook'], {
    answers: [...STATE, ...READ, ADDED, VERSIONS],
  });
  assert.match(stdout, /Set the same value on GitHub/);
  assert.ok(!lines.some(line => line.includes('rollout')));
});

test('refuses a secret that is none, none, and two', async () => {
  for (const args of [['database'], [], ['session', 'webhook']]) {
    const { code, stderr, lines } = await runScript(
      'rotate-credentials',
      args,
      { answers: STATE },
    );
    assert.equal(code, 2);
    assert.match(
      stderr,
      /There is no secret 'database'|Say which secret|one secret at a time/,
    );
    assert.deepEqual(lines, []);
  }
});
