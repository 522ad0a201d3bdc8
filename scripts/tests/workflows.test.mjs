// What keeps the GitHub workflows from being a way in.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { root } from '../lib/paths.mjs';

const folder = join(root, '.github/workflows');
const workflows = readdirSync(folder).map(name => {
  const text = readFileSync(join(folder, name), 'utf8');
  return { name, text, workflow: parse(text) };
});
const jobsOf = workflow => Object.entries(workflow.jobs);
const stepsOf = workflow =>
  jobsOf(workflow).flatMap(([, job]) => job.steps ?? []);

/** What a job may do beyond reading the repository, and why. */
const RIGHTS = {
  packages: 'pushes an image',
  'id-token': 'signs in, or signs, without a key',
  attestations: 'signs how an image was made',
};

test('every action is pinned to a commit, with its version beside it', () => {
  for (const { name, text } of workflows) {
    for (const [line, used] of text.matchAll(/uses: (\S+).*$/gm)) {
      if (used.startsWith('./')) continue;
      assert.match(line, /@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, `${name}: ${line}`);
    }
  }
});

test('a workflow may read the repository, and a job asks for what it needs', () => {
  for (const { name, workflow } of workflows) {
    assert.deepEqual(workflow.permissions, { contents: 'read' }, name);
    for (const [job, { permissions = {} }] of jobsOf(workflow)) {
      for (const [right, level] of Object.entries(permissions)) {
        const known = right === 'contents' ? level === 'read' : right in RIGHTS;
        assert.ok(known, `${name}: ${job} asks for ${right}: ${level}`);
      }
    }
  }
});

test('no workflow has a secret: GitHub vouches for it', () => {
  for (const { name, text } of workflows) {
    assert.doesNotMatch(text, /\bsecrets\.(?!GITHUB_TOKEN)/, name);
    assert.doesNotMatch(text, /secrets: inherit/, name);
  }
});

test('no text of a pull request is pasted into a shell', () => {
  for (const { name, workflow } of workflows) {
    assert.ok(!('pull_request_target' in workflow.on), name);
    for (const { run = '' } of stepsOf(workflow)) {
      assert.doesNotMatch(
        run,
        /\$\{\{/,
        `${name}: hand it over in env: ${run}`,
      );
    }
  }
});

test('a checkout leaves no token behind', () => {
  for (const { name, workflow } of workflows) {
    for (const step of stepsOf(workflow)) {
      if (!step.uses?.startsWith('actions/checkout@')) continue;
      assert.equal(step.with?.['persist-credentials'], false, name);
    }
  }
});

test('every job ends in time', () => {
  for (const { name, workflow } of workflows) {
    for (const [job, { uses, 'timeout-minutes': minutes }] of jobsOf(
      workflow,
    )) {
      assert.ok(uses ?? minutes, `${name}: ${job} has no timeout-minutes`);
    }
  }
});

test('an image is pushed with its provenance and the list of what is in it', () => {
  const { workflow } = workflows.find(({ name }) => name === 'image.yaml');
  const build = workflow.jobs.image.steps.find(({ id }) => id === 'build');
  assert.equal(build.with.provenance, 'mode=max');
  assert.equal(build.with.sbom, true);
  const attest = workflow.jobs.image.steps.at(-1);
  assert.match(attest.uses, /^actions\/attest-build-provenance@/);
  assert.equal(attest.if, 'inputs.push');
});

test('only main and releases push images', () => {
  for (const { name, workflow } of workflows) {
    for (const [, { uses, with: given }] of jobsOf(workflow)) {
      if (uses !== './.github/workflows/image.yaml') continue;
      assert.equal(
        given.push,
        "${{ github.event_name != 'pull_request' }}",
        name,
      );
      assert.deepEqual(workflow.on.push.branches, ['main'], name);
    }
  }
});

test('only main publishes documents, and a pull request shows that they build', () => {
  const { workflow } = workflows.find(({ name }) => name === 'documents.yaml');
  const { steps } = workflow.jobs.documents;
  assert.deepEqual(workflow.on.push.branches, ['main']);
  assert.equal(steps.find(({ run }) => / generate /.test(run)).if, undefined);
  for (const step of steps.slice(-2)) {
    assert.match(step.if, /^github\.event_name == 'push' && /);
  }
  assert.match(steps.at(-1).run, /techdocs\/cli\S+ publish /);
});

test('a plan runs for branches of the repository alone, and changes nothing', () => {
  const { workflow } = workflows.find(
    ({ name }) => name === 'terraform-plan.yaml',
  );
  const { plan } = workflow.jobs;
  assert.match(plan.if, /head\.repo\.full_name == github\.repository/);
  const { run } = plan.steps.at(-1);
  assert.match(run, /terraform plan .*-lock=false -refresh=false/);
  assert.doesNotMatch(run, /terraform apply/);
});
