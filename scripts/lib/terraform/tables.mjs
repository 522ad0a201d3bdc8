// Tables of variables and outputs for people, from the files that Terraform reads.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { blocks, oneLine, unquote } from './hcl.mjs';

/** A longer default is a table of its own: the reader looks it up in the file. */
const LONGEST_DEFAULT = 60;

const cell = text => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
const code = text => `\`${cell(text)}\``;

function table(heads, rows) {
  const line = cells => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join(
    '\n',
  );
}

async function declared(folder, kind) {
  const names = (await readdir(join(root, folder))).filter(name =>
    name.endsWith('.tf'),
  );
  const texts = await Promise.all(
    names.sort().map(name => readFile(join(root, folder, name), 'utf8')),
  );
  return texts.flatMap(text => blocks(text, kind));
}

function defaultCell({ default: value }) {
  if (value === undefined) return 'required';
  const text = oneLine(value);
  if (text === 'null') return 'none';
  return text.length > LONGEST_DEFAULT ? 'see the file' : code(text);
}

/** A type in few words: what an object holds is in the file. */
function typeCell({ type }) {
  const text = oneLine(type);
  return code(text.replace(/object\(\{.*\}\)/, 'object'));
}

/** The variables of a folder of `terraform/`: those without a default first. */
export async function variablesTable(folder) {
  const variables = await declared(folder, 'variable');
  const required = variable => variable.arguments.default === undefined;
  const sorted = [
    ...variables.filter(required),
    ...variables.filter(variable => !required(variable)),
  ];
  return table(
    ['variable', 'type', 'default', 'what it is'],
    sorted.map(({ name, arguments: given }) => [
      code(name),
      typeCell(given),
      defaultCell(given),
      cell(unquote(given.description)),
    ]),
  );
}

/** The outputs of a folder of `terraform/`. */
export async function outputsTable(folder) {
  const outputs = await declared(folder, 'output');
  return table(
    ['output', 'what it is'],
    outputs.map(({ name, arguments: given }) => [
      code(name),
      cell(unquote(given.description)),
    ]),
  );
}
