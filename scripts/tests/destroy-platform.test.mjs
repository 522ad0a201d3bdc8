import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STATE, runScript } from './support/recorder.mjs';

const APPLICATIONS =
  'application.argoproj.io/root\napplication.argoproj.io/kueue\n';
/** There are Applications when it begins, and at the first look; then none. */
const THEY_GO = [
  { when: 'get applications', stdout: APPLICATIONS, once: 'begin' },
  { when: 'get applications', stdout: APPLICATIONS, once: 'first' },
];
const YES = ['--yes', 'demo-project'];
const short = line =>
  line.replace(/-chdir=\S+ /, '').replace(/ --type merge .*/, '');
const changes = lines =>
  lines
    .map(short)
    .filter(line => !/ output | get-contexts | get applications/.test(line));

test('removes what Argo CD deployed, then volumes, then protection, then the rest', async () => {
  const { code, lines, stdout } = await runScript('destroy-platform', YES, {
    answers: [...STATE, ...THEY_GO],
  });
  assert.equal(code, 0, stdout);
  const settings =
    '-auto-approve -var project_id=demo-project -var region=europe-west3 -var name=ml-platform -var deletion_protection=false';
  assert.deepEqual(changes(lines), [
    'kubectl --context management --namespace argocd patch application.argoproj.io/root',
    'kubectl --context management --namespace argocd delete application.argoproj.io/root --wait=false',
    'kubectl --context management delete persistentvolumeclaims --all --all-namespaces --timeout 300s',
    'kubectl --context workload delete persistentvolumeclaims --all --all-namespaces --timeout 300s',
    `terraform apply ${settings} -target=module.management -target=module.workload -target=module.database`,
    'terraform state rm module.logs',
    'terraform state rm module.docs',
    'terraform state rm module.results',
    'terraform state rm module.builds',
    `terraform destroy ${settings}`,
  ]);
  assert.match(stdout, /These buckets stay/);
  assert.match(stdout, /demo-project-ml-platform-logs/);
});

test('has Argo CD take along what root brought, and leaves the others to their own files', async () => {
  const { lines } = await runScript('destroy-platform', YES, {
    answers: [...STATE, ...THEY_GO],
  });
  const patches = lines.filter(line => line.includes(' patch '));
  assert.equal(patches.length, 1);
  assert.match(
    patches[0],
    /application\.argoproj\.io\/root .*"finalizers":\["resources-finalizer\.argocd\.argoproj\.io"\]/,
  );
});

test('goes on where it stopped, when root is gone already', async () => {
  const { code, lines } = await runScript('destroy-platform', YES, {
    answers: [
      ...STATE,
      {
        when: 'get applications',
        stdout: 'application.argoproj.io/kueue\n',
        once: 'begin',
      },
    ],
  });
  assert.equal(code, 0);
  assert.ok(!lines.some(line => / patch | delete application/.test(line)));
  assert.match(lines.at(-1), / destroy /);
});

test('deletes buckets only when asked', async () => {
  const { lines } = await runScript(
    'destroy-platform',
    [...YES, '--delete-data'],
    {
      answers: [...STATE, ...THEY_GO],
    },
  );
  assert.ok(!lines.some(line => line.includes('state rm')));
  const apply = lines.find(line => line.includes(' apply '));
  assert.match(apply, /-var delete_data=true.*-target=module\.logs/);
  assert.match(lines.at(-1), / destroy .*-var delete_data=true/);
});

test('asks for the project before it does anything', async () => {
  for (const args of [[], ['--yes', 'another-project']]) {
    const { code, stderr, lines } = await runScript('destroy-platform', args, {
      answers: STATE,
    });
    assert.equal(code, 1);
    assert.match(stderr, /pass --yes demo-project/);
    assert.deepEqual(changes(lines), []);
  }
});

test('stops before Terraform while Applications are still there, and names them', async () => {
  const { code, stderr, lines } = await runScript(
    'destroy-platform',
    [...YES, '--timeout', '0'],
    { answers: [...STATE, { when: 'get applications', stdout: APPLICATIONS }] },
  );
  assert.equal(code, 1);
  assert.match(
    stderr,
    /still there after 0 s:\napplication\.argoproj\.io\/root/,
  );
  assert.ok(!lines.some(line => /terraform.*(apply|destroy)/.test(line)));
});

test('stops when Argo CD can not be asked, or volumes are in use', async () => {
  const silent = await runScript('destroy-platform', YES, {
    answers: [...STATE, { when: 'get applications', exit: 1 }],
  });
  assert.match(silent.stderr, /--skip-applications/);
  assert.deepEqual(changes(silent.lines), []);

  const used = await runScript('destroy-platform', YES, {
    answers: [
      ...STATE,
      ...THEY_GO,
      { when: 'persistentvolumeclaims', exit: 1 },
    ],
  });
  assert.equal(used.code, 1);
  assert.match(used.stderr, /still in use/);
  assert.ok(!used.lines.some(line => line.includes(' destroy ')));
});

test('leaves the clusters alone when they are gone', async () => {
  const { code, lines } = await runScript(
    'destroy-platform',
    [...YES, '--skip-applications'],
    {
      answers: STATE,
    },
  );
  assert.equal(code, 0);
  assert.ok(!lines.some(line => line.startsWith('kubectl')));
});

test('ends with the failure of Terraform', async () => {
  const { code, lines } = await runScript(
    'destroy-platform',
    [...YES, '--skip-applications'],
    {
      answers: [...STATE, { when: ' apply ', exit: 3 }],
    },
  );
  assert.notEqual(code, 0);
  assert.ok(!lines.some(line => line.includes(' destroy ')));
});
