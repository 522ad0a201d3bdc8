import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STATE, runScript } from './support/recorder.mjs';

const NO_CONTEXT = { when: 'get-contexts', exit: 1 };

test('connects both clusters by their DNS endpoints, under the names of their roles', async () => {
  const { code, lines, stdout } = await runScript('connect-clusters', [], {
    answers: [...STATE, NO_CONTEXT, { when: 'readyz', stdout: 'ok' }],
  });
  assert.equal(code, 0);
  assert.deepEqual(
    lines.filter(
      line => !line.startsWith('terraform') && !line.includes('get-contexts'),
    ),
    [
      'gcloud container clusters get-credentials ml-platform-management --project demo-project --location europe-west3 --dns-endpoint',
      'kubectl config rename-context gke_demo-project_europe-west3_ml-platform-management management',
      'kubectl --context management get --raw /readyz',
      'gcloud container clusters get-credentials ml-platform-workload --project demo-project --location europe-west3 --dns-endpoint',
      'kubectl config rename-context gke_demo-project_europe-west3_ml-platform-workload workload',
      'kubectl --context workload get --raw /readyz',
    ],
  );
  assert.match(stdout, /Connected\./);
});

test('takes options in the place of the state', async () => {
  const { lines } = await runScript(
    'connect-clusters',
    [
      '--project',
      'other-project',
      '--region',
      'us-central1',
      '--name',
      'train',
    ],
    { answers: [NO_CONTEXT] },
  );
  assert.ok(
    lines.includes(
      'gcloud container clusters get-credentials train-workload --project other-project --location us-central1 --dns-endpoint',
    ),
  );
  assert.ok(!lines.some(line => line.startsWith('terraform')));
});

test('renews its own contexts', async () => {
  const own = role => ({
    when: `(@.name=="${role}")`,
    stdout: `gke_demo-project_europe-west3_ml-platform-${role}`,
  });
  const { code, lines } = await runScript('connect-clusters', [], {
    answers: [...STATE, own('management'), own('workload')],
  });
  assert.equal(code, 0);
  assert.ok(lines.includes('kubectl config delete-context management'));
  assert.ok(lines.includes('kubectl config delete-context workload'));
});

test('leaves the context of another cluster alone, and says how to go on', async () => {
  const answers = [
    ...STATE,
    { when: 'config view', stdout: 'kind-management' },
  ];
  const { code, lines, stderr } = await runScript('connect-clusters', [], {
    answers,
  });
  assert.equal(code, 1);
  assert.match(
    stderr,
    /belongs to the cluster 'kind-management'.*rename-context.*--replace/,
  );
  assert.ok(!lines.some(line => line.includes('delete-context')));

  const replaced = await runScript('connect-clusters', ['--replace'], {
    answers,
  });
  assert.equal(replaced.code, 0);
  assert.ok(
    replaced.lines.includes('kubectl config delete-context management'),
  );
});

test('says what to do when gcloud refuses and when a cluster does not answer', async () => {
  const refused = await runScript('connect-clusters', [], {
    answers: [...STATE, NO_CONTEXT, { when: 'get-credentials', exit: 1 }],
  });
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /gcloud auth login/);

  const silent = await runScript('connect-clusters', [], {
    answers: [...STATE, NO_CONTEXT, { when: 'readyz', exit: 1 }],
  });
  assert.equal(silent.code, 1);
  assert.match(silent.stderr, /container\.clusters\.connect/);
});
