// Draws the pictures of the documents from their text: docs/images/NAME.dot -> NAME.svg.
// With --check it writes nothing and fails if a picture is out of date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { root } from './paths.mjs';

const folder = join(root, 'docs/images');
const check = process.argv.includes('--check');

const read = path => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
};

const graphviz = await Graphviz.load();
for (const file of readdirSync(folder).filter(name => name.endsWith('.dot'))) {
  const source = join(folder, file);
  const target = source.replace(/\.dot$/, '.svg');
  const picture = graphviz.layout(readFileSync(source, 'utf8'), 'svg', 'dot');
  if (read(target) === picture) continue;
  if (check) {
    process.stderr.write(
      `docs/images/${file} changed, its picture didn't: run npm run generate.\n`,
    );
    process.exitCode = 1;
  } else {
    writeFileSync(target, picture);
  }
}
