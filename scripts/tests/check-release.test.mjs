import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../lib/paths.mjs';

const { version } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
const check = tag =>
  spawnSync(process.execPath, [join(root, 'scripts/check-release.mjs'), tag], {
    encoding: 'utf8',
  });

test('takes the tag that all packages have as their version', () => {
  const { status, stdout } = check(`v${version}`);
  assert.equal(status, 0);
  assert.match(stdout, new RegExp(`version ${version}`));
});

test('names every package of another version', () => {
  const { status, stderr } = check('v99.0.0');
  assert.equal(status, 1);
  assert.match(stderr, /packages\/cli\/package\.json/);
  assert.match(stderr, /pyproject\.toml/);
});

test('refuses what is no version', () => {
  assert.match(check('latest').stderr, /isn't the tag of a release/);
  assert.match(check('v1; rm -rf /').stderr, /isn't the tag of a release/);
});
