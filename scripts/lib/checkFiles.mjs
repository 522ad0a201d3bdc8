// What lint can't see of the checkout: names that differ in case only, which macOS and
// Windows take for one file, and sources that are too long wherever they are.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const MOST_LINES = 250;
const SOURCE = /\.(ts|tsx|js|mjs|cjs|py|sh)$/;
/** Tests and their helpers, which lint lets be long: they are tables of cases. */
const ANY_LENGTH = /\.(test|spec)\.\w+$|(^|\/)(test_\w+\.py$|__testUtils__\/)/;
/** Nobody writes or reads these by hand. */
const GENERATED = new Set(['packages/sdk/src/portal/openapi.ts']);

/** Folders that git ignores, by name. */
function ignoredFolders() {
  const lines = readFileSync(join(root, '.gitignore'), 'utf8').split('\n');
  const folders = lines.filter(line => line.endsWith('/'));
  return new Set(['.git', ...folders.map(line => line.slice(0, -1))]);
}

/** Paths of all files and folders below a folder, from the root. */
function list(folder, ignored) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(
    entry => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (ignored.has(entry.name) || ignored.has(path)) return [];
      const own = { path, folder: entry.isDirectory() };
      return own.folder ? [own, ...list(path, ignored)] : [own];
    },
  );
}

/** An import leaves the ending out, so `LogText.tsx` and `logText.ts` are one name. */
const asImported = path => path.replace(SOURCE, '');

function nameProblems(entries) {
  const seen = new Map();
  const problems = [];
  for (const { path } of entries) {
    const name = asImported(path);
    const other = seen.get(name.toLowerCase());
    if (other !== undefined && asImported(other) !== name) {
      problems.push(`${path} and ${other} differ in case only: rename one.`);
    }
    seen.set(name.toLowerCase(), path);
  }
  return problems;
}

function lengthProblems(entries) {
  return entries.flatMap(({ path, folder }) => {
    if (folder || !SOURCE.test(path) || GENERATED.has(path)) return [];
    if (ANY_LENGTH.test(path)) return [];
    const text = readFileSync(join(root, path), 'utf8');
    const lines = text.replace(/\n$/, '').split('\n').length;
    return lines > MOST_LINES
      ? [`${path} has ${lines} lines: split it, ${MOST_LINES} are the most.`]
      : [];
  });
}

const entries = list('', ignoredFolders());
const problems = [...nameProblems(entries), ...lengthProblems(entries)];
problems.forEach(problem => process.stderr.write(`${problem}\n`));
process.exitCode = problems.length > 0 ? 1 : 0;
