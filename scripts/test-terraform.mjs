#!/usr/bin/env node
// The Terraform modules and environments: format, validation and tests with mocked
// providers. Nothing is created and nobody signs in.
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { readOptions } from './lib/options.mjs';
import { Problem, main } from './lib/problem.mjs';
import { run } from './lib/run.mjs';
import { step } from './lib/steps.mjs';

const HELP = `Usage: npm run test:terraform -- [options]

Runs terraform init, fmt, validate and test in every folder of terraform/modules
and terraform/envs, on a copy, and also tflint and checkov where they are installed.
Terraform downloads the providers once; set TF_CLI_ARGS_init="-plugin-dir=DIR" to use
those of a folder.

  --terraform PATH  the terraform command (default: terraform)
  --help            this text
`;

const OPTIONS = {
  terraform: { type: 'string', default: 'terraform' },
  help: { type: 'boolean', short: 'h' },
};

/** What each folder is checked with, in this order. */
const CHECKS = [
  ['init', '-backend=false', '-input=false', '-no-color'],
  ['fmt', '-check', '-diff', '-no-color'],
  ['validate', '-no-color'],
  ['test', '-no-color'],
];

/** Linters that not everybody has, and how each looks at the folder that it runs in. */
const LINTERS = {
  tflint: settings => ['--no-color', '--config', join(settings, '.tflint.hcl')],
  checkov: settings => [
    '--directory',
    '.',
    '--config-file',
    join(settings, '.checkov.yaml'),
  ],
};

/** The linters that are installed, and a line for each that isn't. */
async function installedLinters() {
  const found = [];
  for (const name of Object.keys(LINTERS)) {
    const there = await run(name, ['--version']).catch(() => undefined);
    if (there?.code === 0) found.push(name);
    else process.stdout.write(`${name} isn't installed: it was not run.\n`);
  }
  return found;
}

async function folders() {
  const kinds = ['modules', 'envs'];
  const found = await Promise.all(
    kinds.map(async kind =>
      (await readdir(join(root, 'terraform', kind))).sort().map(name => ({
        title: `terraform/${kind}/${name}`,
        path: join('terraform', kind, name),
      })),
    ),
  );
  return found.flat();
}

await main(async () => {
  const values = readOptions(OPTIONS, HELP);
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const { terraform } = values;
  await run(terraform, ['version']).catch(() => {
    throw new Problem(
      `Couldn't run '${terraform}'. Install Terraform 1.9 or newer, or pass its path with --terraform.`,
    );
  });
  // A lock file or a folder of providers must not get into the checkout.
  const copy = await mkdtemp(join(tmpdir(), 'terraform-'));
  try {
    for (const part of ['terraform', 'gitops']) {
      await cp(join(root, part), join(copy, part), { recursive: true });
    }
    const linters = await installedLinters();
    const settings = join(copy, 'terraform');
    for (const { title, path } of await folders()) {
      for (const [command, ...args] of CHECKS) {
        await step(`${title}: ${command}`, terraform, [command, ...args], {
          cwd: join(copy, path),
        });
      }
      for (const name of linters) {
        await step(`${title}: ${name}`, name, LINTERS[name](settings), {
          cwd: join(copy, path),
        });
      }
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});
