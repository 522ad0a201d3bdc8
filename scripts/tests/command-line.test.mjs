// What all scripts for a platform have in common.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STATE, runScript } from './support/recorder.mjs';

const SCRIPTS = [
  ['connect-clusters'],
  ['check-platform'],
  ['open-argocd'],
  ['rotate-credentials', 'session'],
  ['destroy-platform'],
];

for (const [name, ...args] of SCRIPTS) {
  test(`${name} --help describes each option, and runs nothing`, async () => {
    const { code, stdout, lines } = await runScript(name, ['--help']);
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`^Usage: scripts/${name}`));
    assert.match(stdout, /--dry-run/);
    assert.deepEqual(lines, []);
  });

  test(`${name} --dry-run shows commands, and runs none but Terraform's outputs`, async () => {
    const { code, stdout, stderr, lines } = await runScript(
      name,
      [...args, '--dry-run'],
      {
        answers: STATE,
      },
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout + stderr, /^ {2}\$ (gcloud|kubectl|terraform) /m);
    assert.deepEqual(
      lines.filter(line => !/^terraform -chdir=\S+ output /.test(line)),
      [],
    );
  });

  test(`${name} refuses an option that is none, or that lacks its value`, async () => {
    const unknown = await runScript(name, [...args, '--force']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /There is no option '--force'\.[\s\S]*Usage:/);
    assert.deepEqual(unknown.lines, []);

    const option = name === 'open-argocd' ? '--port' : '--project';
    const valueless = await runScript(name, [...args, option]);
    assert.equal(valueless.code, 2);
    assert.match(valueless.stderr, new RegExp(`${option} needs a value`));
  });

  test(`${name} says which command is missing`, async () => {
    const { code, stderr } = await runScript(name, args, {
      without: ['kubectl'],
      answers: STATE,
    });
    assert.equal(code, 1);
    assert.match(stderr, /Couldn't find 'kubectl'\. Install it/);
  });
}

const WITH_PLATFORM = SCRIPTS.filter(([name]) => name !== 'open-argocd');

for (const [name, ...args] of WITH_PLATFORM) {
  test(`${name} asks for the project where Terraform has no state`, async () => {
    // What the real Terraform prints then, with exit status 0.
    const { code, stderr } = await runScript(name, args, {
      answers: [
        {
          when: 'output',
          stdout: 'Warning: No outputs found\n\nThe state file ...',
        },
      ],
    });
    assert.equal(code, 1);
    assert.match(
      stderr,
      /Run 'terraform apply' there first, or pass --project ID/,
    );
  });

  test(`${name} refuses what is no project, region or name`, async () => {
    for (const [option, wrong] of [
      ['--project', 'My Project'],
      ['--region', 'europe-west3-a'],
      ['--name', 'a; rm -rf /'],
    ]) {
      const { code, stderr, lines } = await runScript(
        name,
        [...args, option, wrong],
        { answers: STATE },
      );
      assert.equal(code, 1);
      assert.match(stderr, new RegExp(`Pass ${option} with`));
      assert.ok(lines.every(line => line.startsWith('terraform')));
    }
  });
}
