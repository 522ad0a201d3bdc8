import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';
import { Problem } from '../problem.mjs';

const execute = promisify(execFile);
const REPOSITORY = 'https://github.com/ml-platform/ml-platform';

/** Facts as Terraform would hand them over: the examples of the contract. */
function exampleFacts(folder) {
  const file = join(folder, 'gitops/clusters/facts.yaml');
  return Object.entries(parse(readFileSync(file, 'utf8')).facts).map(
    ([name, { example }]) => `facts.${name}=${example}`,
  );
}

export function readObjects(text) {
  return parseAllDocuments(text)
    .map(document => document.toJS())
    .filter(Boolean);
}

/** Runs a command, and returns what it printed. */
export async function output(command, args, cwd) {
  try {
    const options = { cwd, maxBuffer: 64 * 1024 * 1024 };
    return (await execute(command, args, options)).stdout;
  } catch (error) {
    throw new Problem(
      error.code === 'ENOENT'
        ? `Couldn't run '${command}'. Install it, or pass its path; see --help.`
        : error.message,
    );
  }
}

/** The Applications and projects that the chart gitops/clusters makes for a cluster. */
export async function renderCluster({ helm, folder, cluster }) {
  const settings = [
    `cluster=${cluster}`,
    `repository=${REPOSITORY}`,
    'revision=main',
    ...exampleFacts(folder),
  ];
  const text = await output(
    helm,
    [
      ...['template', cluster, join(folder, 'gitops/clusters')],
      ...settings.flatMap(setting => ['--set-string', setting]),
    ],
    folder,
  );
  return { text, objects: readObjects(text) };
}
