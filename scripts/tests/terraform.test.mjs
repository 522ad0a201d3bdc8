// What of Terraform's files can be checked without Terraform.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { root } from '../lib/paths.mjs';
import { terraformDocuments } from '../lib/terraform/documents.mjs';
import { blocks, oneLine, unquote } from '../lib/terraform/hcl.mjs';
import { stateSecrets } from '../lib/terraform/stateSecrets.mjs';

const read = path => readFileSync(join(root, path), 'utf8');
const terraform = readdirSync(join(root, 'terraform'), { recursive: true })
  .filter(path => path.endsWith('.tf'))
  .map(path => join('terraform', path));
const folders = ['modules', 'envs'].flatMap(kind =>
  readdirSync(join(root, 'terraform', kind)).map(
    name => `terraform/${kind}/${name}`,
  ),
);

test('tables of variables and outputs are up to date', async () => {
  for (const { path, text } of await terraformDocuments()) {
    assert.equal(
      read(path),
      text,
      `${path} is out of date: run npm run generate`,
    );
  }
});

test('reads variables as Terraform does', () => {
  const [variable, other] = blocks(
    `variable "pools" {
  type = map(object({
    # A comment with a brace: }
    zones = optional(list(string), [])
  }))
  default     = { a = "{" }
  description = "What \\"pools\\" there are."

  validation {
    condition     = length(var.pools) > 0
    error_message = "No } here."
  }
}

variable "name" {
  type = string
}
`,
    'variable',
  );
  assert.equal(variable.name, 'pools');
  assert.equal(
    oneLine(variable.arguments.type),
    'map(object({zones = optional(list(string), [])}))',
  );
  assert.equal(variable.arguments.default, '{ a = "{" }');
  assert.equal(
    unquote(variable.arguments.description),
    'What "pools" there are.',
  );
  assert.deepEqual(other, { name: 'name', arguments: { type: 'string' } });
});

test('every variable and output says what it is, and no type is any', () => {
  for (const path of terraform) {
    for (const { name, arguments: given } of blocks(read(path), 'variable')) {
      assert.ok(given.description, `${path}: ${name} has no description`);
      assert.ok(given.type, `${path}: ${name} has no type`);
      assert.doesNotMatch(given.type, /\bany\b/, `${path}: ${name}`);
    }
    for (const { name, arguments: given } of blocks(read(path), 'output')) {
      assert.ok(given.description, `${path}: ${name} has no description`);
    }
  }
});

test('one variable of envs/dev has no default: the project', () => {
  const required = blocks(
    read('terraform/envs/dev/variables.tf'),
    'variable',
  ).filter(({ arguments: given }) => given.default === undefined);
  assert.deepEqual(
    required.map(({ name }) => name),
    ['project_id'],
  );
  assert.match(
    read('terraform/envs/dev/terraform.tfvars.example'),
    /^project_id = /m,
  );
});

test('pools have the same type in envs/dev as in the module', () => {
  const variables = folder =>
    blocks(read(`${folder}/variables.tf`), 'variable');
  const [{ arguments: module }] = variables(
    'terraform/modules/node-pools',
  ).filter(({ name }) => name === 'pools');
  const pools = variables('terraform/envs/dev').filter(({ name }) =>
    name.endsWith('_pools'),
  );
  assert.equal(pools.length, 2);
  for (const { name, arguments: given } of pools) {
    assert.equal(oneLine(given.type), oneLine(module.type), name);
  }
});

test('every folder has tests, versions and, if it is a module, a README', () => {
  for (const folder of folders) {
    const names = readdirSync(join(root, folder));
    assert.ok(names.includes('tests') && names.includes('versions.tf'), folder);
    assert.match(read(`${folder}/versions.tf`), /required_version = ">= 1\.9"/);
    if (folder.includes('/modules/'))
      assert.ok(names.includes('README.md'), folder);
  }
});

test('no secret gets into the state', () => {
  assert.ok(terraform.length > 30);
  assert.deepEqual(
    terraform.flatMap(path => stateSecrets(path, read(path))),
    [],
  );
});

for (const [what, text] of [
  ['a password that Terraform makes', 'resource "random_password" "this" {}'],
  ['a key of an account', 'resource "google_service_account_key" "this" {}'],
  [
    'the value of a secret',
    'data "google_secret_manager_secret_version" "this" {}',
  ],
  ['the token of whoever applies', 'data "google_client_config" "this" {}'],
  ['a Kubernetes Secret', 'resource "kubernetes_secret_v1" "this" {}'],
  [
    'a password of a user',
    'resource "google_sql_user" "a" {\n  password = var.x\n}',
  ],
  ['a token in a provider', 'provider "helm" {\n  token = "x"\n}'],
  [
    'a sensitive variable',
    'variable "x" {\n  type      = string\n  sensitive = true\n}',
  ],
]) {
  test(`finds ${what}`, () => {
    assert.equal(stateSecrets('main.tf', text).length, 1);
  });
}

test('takes no comment, no write-only argument and no name of a secret for one', () => {
  const text = `# password = "x"
resource "google_sql_user" "a" {
  password_wo = ephemeral.random_password.a.result
}
resource "google_secret_manager_secret" "a" {
  secret_id = "a"
}`;
  assert.deepEqual(stateSecrets('main.tf', text), []);
});

test('every check that checkov leaves out has its reason beside it', () => {
  const text = read('terraform/.checkov.yaml');
  const lines = text.split('\n');
  for (const check of parse(text)['skip-check']) {
    const index = lines.findIndex(line => line.trim() === `- ${check}`);
    assert.match(
      lines[index - 1] ?? '',
      /^\s*# .{20}/,
      `${check} has no reason`,
    );
  }
});
