// The commands of docs/launch-platform.md.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../lib/paths.mjs';
import { STATE, runScript } from './support/recorder.mjs';

const document = readFileSync(join(root, 'docs/launch-platform.md'), 'utf8');
const commands = [
  ...document.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm),
].flatMap(([, block]) =>
  block
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean),
);

test('every command is one that a shell can read', () => {
  assert.ok(commands.length > 15);
  execFileSync('bash', ['-n'], { input: commands.join('\n') });
});

test('every script and option is there', async () => {
  const used = commands.filter(line => line.startsWith('scripts/'));
  assert.ok(used.length >= 4);
  for (const line of used) {
    const [name, ...args] = line.slice('scripts/'.length).split(' ');
    const { stdout } = await runScript(name, ['--help']);
    for (const option of args.filter(word => word.startsWith('--'))) {
      assert.ok(stdout.includes(`${option} `), `${line}: no ${option}`);
    }
  }
});

test('a dry run of what destroys shows the order that the page describes', async () => {
  const { code, stdout } = await runScript('destroy-platform', ['--dry-run'], {
    answers: STATE,
  });
  assert.equal(code, 0);
  const order = [
    'application.argoproj.io/root',
    'persistentvolumeclaims',
    ' apply ',
    ' destroy ',
  ];
  const places = order.map(word => stdout.indexOf(word));
  assert.ok(places.every(place => place >= 0));
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
});

test('every file that it names is there', () => {
  for (const [, path] of document.matchAll(
    /`((?:gitops|scripts|terraform)\/[\w./-]+)`/g,
  )) {
    assert.ok(existsSync(join(root, path)), path);
  }
  for (const file of ['terraform.tfvars.example', 'backend.tf.example']) {
    assert.ok(existsSync(join(root, 'terraform/envs/dev', file)));
  }
});

test('names every secret that Terraform makes', () => {
  const main = readFileSync(join(root, 'terraform/envs/dev/main.tf'), 'utf8');
  const [, list] = /for secret in \[([^\]]+)\]/.exec(main);
  const names = [...list.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  assert.ok(names.length > 0);
  for (const name of names) {
    assert.ok(document.includes(`\`ml-platform-${name}\``), name);
  }
});

test('sums up what it costs', () => {
  const price = pattern => Number(pattern.exec(document)[1]);
  const node = price(
    /2 nodes `e2-standard-4`, management cluster +\| ([\d.]+) an hour/,
  );
  const fee = price(/2 regional clusters +\| ([\d.]+) an hour/);
  const [, disks, size, gigabyte] =
    /boot disks of the nodes, (\d+) of (\d+) GB +\| ([\d.]+) a GB and month/.exec(
      document,
    );
  const sum = price(/\*\*sum of these\*\* +\|[^|]*\| \*\*([\d.]+)\*\*/);
  const hourly = 2 * fee + 3 * node;
  assert.ok(Math.abs(sum - 730 * hourly - disks * size * gigabyte) < 0.05);
});
