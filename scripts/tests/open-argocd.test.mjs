import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runScript } from './support/recorder.mjs';

test('forwards a port and says how to read the password, without reading it', async () => {
  const { code, lines, stdout } = await runScript('open-argocd', [
    '--port',
    '9090',
  ]);
  assert.equal(code, 0);
  assert.equal(
    lines.at(-1),
    'kubectl --context management --namespace argocd port-forward service/argocd-server 9090:443',
  );
  assert.match(stdout, /https:\/\/localhost:9090/);
  assert.match(
    stdout,
    /argocd-initial-admin-secret -o jsonpath='\{\.data\.password\}'/,
  );
  assert.ok(!lines.some(line => line.includes('data.password')));
});

test('works with another context', async () => {
  const { lines } = await runScript('open-argocd', ['--context', 'prod']);
  assert.ok(lines.every(line => line.includes('prod')));
});

test('asks for a password of the team once the first one is deleted', async () => {
  const { stdout } = await runScript('open-argocd', [], {
    answers: [{ when: 'argocd-initial-admin-secret', exit: 1 }],
  });
  assert.match(stdout, /the password that was set/);
});

test('says what is missing: the context, or Argo CD', async () => {
  const context = await runScript('open-argocd', [], {
    answers: [{ when: 'get-contexts', exit: 1 }],
  });
  assert.equal(context.code, 1);
  assert.match(context.stderr, /Run scripts\/connect-clusters first/);

  const argocd = await runScript('open-argocd', [], {
    answers: [{ when: 'get service', exit: 1 }],
  });
  assert.equal(argocd.code, 1);
  assert.match(argocd.stderr, /terraform apply/);
});

test('refuses what is no port', async () => {
  for (const port of ['0', '70000', 'http']) {
    const { code, lines, stderr } = await runScript('open-argocd', [
      '--port',
      port,
    ]);
    assert.equal(code, 2);
    assert.match(stderr, /isn't a port/);
    assert.deepEqual(lines, []);
  }
});
