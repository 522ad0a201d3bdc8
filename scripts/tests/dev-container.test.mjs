// The dev container: its configuration as the reference implementation reads it, and what
// its Dockerfile brings. The image itself isn't built: that needs registries.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../lib/paths.mjs';
import { dependencyBin } from '../lib/steps.mjs';

const dockerfile = readFileSync(join(root, '.devcontainer/Dockerfile'), 'utf8');

function configuration() {
  const output = execFileSync(
    process.execPath,
    [
      dependencyBin('@devcontainers/cli', 'devcontainer'),
      'read-configuration',
      '--workspace-folder',
      root,
      // It asks for running containers first; there are none.
      '--docker-path',
      'true',
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  return JSON.parse(output).configuration;
}

test('is read by the reference implementation, and runs as an ordinary user', () => {
  const { build, remoteUser, forwardPorts, features } = configuration();
  assert.deepEqual(build, { dockerfile: 'Dockerfile' });
  assert.equal(remoteUser, 'vscode');
  assert.ok(forwardPorts.includes(7007));
  const [feature] = Object.keys(features);
  assert.match(feature, /\/docker-in-docker:\d+\.\d+\.\d+$/);
});

test('pins every image and every download', () => {
  for (const [line, image] of dockerfile.matchAll(/^FROM (\S+).*$/gm)) {
    assert.match(image, /:v?\d+\.\d+\.\d+/, line);
  }
  for (const [, name, version] of dockerfile.matchAll(
    /^ARG (\w+_VERSION)=?(.*)$/gm,
  )) {
    assert.match(version, /^v?\d+\.\d+\.\d+$/, name);
  }
});

test('brings every command that the documents use', () => {
  for (const command of [
    'actionlint',
    'argocd',
    'checkov',
    'crossplane',
    'docker-in-docker',
    'gke-gcloud-auth-plugin',
    'google-cloud-cli',
    'hadolint',
    'helm',
    'k9s',
    'kubectl',
    'kustomize',
    'node',
    'python',
    'shellcheck',
    'terraform',
    'tflint',
    'uv',
  ]) {
    const brought = dockerfile + Object.keys(configuration().features).join();
    assert.ok(brought.includes(command), command);
  }
});

test('has the versions that the checks of this repository have', () => {
  const workflow = readFileSync(
    join(root, '.github/workflows/ci.yaml'),
    'utf8',
  );
  const version = pattern => pattern.exec(workflow)?.[1] ?? 'none';
  assert.ok(
    dockerfile.includes(
      `hashicorp/terraform:${version(/terraform_version: (\S+)/)} `,
    ),
  );
  assert.ok(dockerfile.includes(`tflint:${version(/tflint_version: (\S+)/)} `));
  assert.ok(
    dockerfile.includes(`CHECKOV_VERSION=${version(/checkov==(\S+)/)}\n`),
  );
  assert.ok(dockerfile.includes(`actionlint:${version(/actionlint:(\S+)/)} `));
});
