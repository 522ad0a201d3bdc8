// The documents that hold tables made from Terraform's files, between two comments.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../paths.mjs';
import { outputsTable, variablesTable } from './tables.mjs';

const ENVIRONMENT = 'terraform/envs/dev';

/** Puts a table between the comments of its name. */
function insert(document, file, name, table) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, stop] = [document.indexOf(begin), document.indexOf(end)];
  if (start < 0 || stop < start) {
    throw new Error(
      `${file} needs the lines ${begin} and ${end} where its table of ${name} goes.`,
    );
  }
  return `${document.slice(0, start + begin.length)}\n\n${table}\n\n${document.slice(stop)}`;
}

async function written(file, folder) {
  const path = join(root, file);
  let text = await readFile(path, 'utf8');
  text = insert(text, file, 'variables', await variablesTable(folder));
  text = insert(text, file, 'outputs', await outputsTable(folder));
  const config = await resolveConfig(path);
  return {
    path: file,
    text: await format(text, { ...config, filepath: path }),
  };
}

/** Each document with the text that it has when its tables are up to date. */
export async function terraformDocuments() {
  const modules = (await readdir(join(root, 'terraform/modules'))).sort();
  const places = [
    ...modules
      .map(name => `terraform/modules/${name}`)
      .map(folder => [`${folder}/README.md`, folder]),
    ['docs/launch-platform.md', ENVIRONMENT],
  ];
  return Promise.all(places.map(([file, folder]) => written(file, folder)));
}
