// Bundles the command line, which then needs nothing but Node. Run by build-cli.mjs, once
// what it needs is installed.
import { chmod, cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'rolldown';
import { root } from './paths.mjs';

const cli = join(root, 'packages/cli');
const dist = join(cli, 'dist');

/** What few commands need, is loaded by `require`, and takes long to read. */
const LIBRARIES = [
  '@kubernetes/client-node',
  'google-auth-library',
  'https-proxy-agent',
  'socks-proxy-agent',
];
const APART = './libraries.cjs';
const PREFIX = '\0library:';

/** Leaves the libraries to a file of their own. */
const librariesApart = {
  name: 'libraries-apart',
  resolveId(id) {
    if (LIBRARIES.includes(id)) {
      return PREFIX + id;
    }
    return id === APART ? { id, external: true } : undefined;
  },
  load(id) {
    const name = id.startsWith(PREFIX) && id.slice(PREFIX.length);
    return name
      ? {
          code: `module.exports = require('${APART}')['${name}']();`,
          moduleType: 'js',
        }
      : undefined;
  },
};

const ENTRY = '\0libraries';

/** The libraries, each loaded when it is asked for. */
const libraries = {
  name: 'libraries',
  resolveId(id, importer) {
    if (id === ENTRY) {
      return id;
    }
    return importer === ENTRY
      ? this.resolve(id, join(root, 'packages/kube/src/libraries.ts'))
      : undefined;
  },
  load: id =>
    id === ENTRY
      ? {
          code: LIBRARIES.map(
            name => `exports['${name}'] = () => require('${name}');`,
          ).join('\n'),
          moduleType: 'js',
        }
      : undefined,
};

/** What npm is told of the bundle: it needs no other package. */
async function writePackage() {
  const { name, version, license, description, repository, engines } =
    JSON.parse(await readFile(join(cli, 'package.json'), 'utf8'));
  const bin = { 'ml-platform': 'ml-platform.cjs' };
  const about = {
    name,
    version,
    license,
    description,
    repository,
    engines,
    bin,
  };
  await Promise.all([
    writeFile(
      join(dist, 'package.json'),
      `${JSON.stringify(about, null, 2)}\n`,
    ),
    cp(join(root, 'LICENSE'), join(dist, 'LICENSE')),
    cp(join(root, 'docs/cli.md'), join(dist, 'README.md')),
  ]);
}

const output = {
  dir: dist,
  // Not ESM: there, Node 24 reads all of node:http, and with it its own fetch.
  format: 'cjs',
  // The names of classes stay: errors are told apart by them.
  minify: { mangle: false, compress: true, codegen: true },
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name]-[hash].cjs',
};
await rm(dist, { recursive: true, force: true });
await build([
  {
    cwd: root,
    platform: 'node',
    input: { 'ml-platform': join(cli, 'src/main.ts') },
    plugins: [librariesApart],
    output,
  },
  {
    cwd: root,
    platform: 'node',
    input: { libraries: ENTRY },
    plugins: [libraries],
    output: { ...output, codeSplitting: false },
  },
]);
const start = join(dist, 'ml-platform.cjs');
await writeFile(start, `#!/usr/bin/env node\n${await readFile(start, 'utf8')}`);
await chmod(start, 0o755);
await writePackage();
