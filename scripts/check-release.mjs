#!/usr/bin/env node
// Holds a release's tag to the version of every package.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { Problem, main } from './lib/problem.mjs';

const read = path => readFileSync(join(root, path), 'utf8');

/** Versions of what is released, by the file that says so. */
function versions() {
  const manifests = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(join(root, folder)).map(
      name => `${folder}/${name}/package.json`,
    ),
  );
  const npm = ['package.json', ...manifests].map(path => [
    path,
    JSON.parse(read(path)).version,
  ]);
  const [, python] =
    /^version = "([^"]+)"$/m.exec(read('pyproject.toml')) ?? [];
  return [...npm, ['pyproject.toml', python]];
}

await main(async () => {
  const [tag] = process.argv.slice(2);
  const [, wanted] = /^v(\d+\.\d+\.\d+)$/.exec(tag ?? '') ?? [];
  if (!wanted) {
    throw new Problem(
      `'${tag ?? ''}' isn't the tag of a release: use v and the version, for example v1.2.3.`,
    );
  }
  const others = versions().filter(([, version]) => version !== wanted);
  if (others.length > 0) {
    const lines = others.map(([path, version]) => `  ${path}: ${version}`);
    throw new Problem(
      `The tag ${tag} doesn't match these versions. Change them, or the tag:\n${lines.join('\n')}`,
    );
  }
  process.stdout.write(`All packages have the version ${wanted}.\n`);
});
