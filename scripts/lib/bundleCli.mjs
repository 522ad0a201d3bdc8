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
  'js-yaml',
  'socks-proxy-agent',
  'ws',
];
const nameOf = library => library.replace(/^.*\//, '');
const FILES = new Map(LIBRARIES.map(name => [`./${nameOf(name)}.cjs`, name]));
const PREFIX = '\0library:';

/** Passes a module on as a whole. */
const passOn = id => ({
  code: `module.exports = require('${id}');`,
  moduleType: 'js',
});

/** Leaves each library to a file of its own. */
const librariesApart = {
  name: 'libraries-apart',
  resolveId(id) {
    if (LIBRARIES.includes(id)) {
      return PREFIX + id;
    }
    return FILES.has(id) ? { id, external: true } : undefined;
  },
  load: id =>
    id.startsWith(PREFIX)
      ? passOn(`./${nameOf(id.slice(PREFIX.length))}.cjs`)
      : undefined,
};

/** Those files. */
const libraries = {
  name: 'libraries',
  resolveId(id, importer) {
    if (id.startsWith(PREFIX)) {
      return id;
    }
    return importer?.startsWith(PREFIX)
      ? this.resolve(id, join(root, 'packages/kube/src/libraries.ts'))
      : undefined;
  },
  load: id =>
    id.startsWith(PREFIX) ? passOn(id.slice(PREFIX.length)) : undefined,
};

/** Parts of Node that many files know and few commands use. */
const LATE = [
  'node:child_process',
  'node:fs/promises',
  'node:readline/promises',
  'node:timers/promises',
  'node:v8',
];
const LATE_PREFIX = '\0late:';

/** Has them read at their first use: that takes as long as half a list of jobs. */
const late = {
  name: 'late',
  resolveId: (id, importer) =>
    LATE.includes(id) && !importer?.startsWith(LATE_PREFIX)
      ? LATE_PREFIX + id
      : undefined,
  async load(id) {
    if (!id.startsWith(LATE_PREFIX)) {
      return undefined;
    }
    const name = id.slice(LATE_PREFIX.length);
    const { default: module } = await import(name);
    const parts = Object.keys(module).map(
      part => `${part}: { enumerable: true, get: () => late().${part} },`,
    );
    return {
      code: `const late = () => require('${name}');
Object.defineProperties(exports, {${parts.join('\n')}});`,
      moduleType: 'js',
    };
  },
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
  // V8 takes twice the room and time for a file with one letter that is in no Latin-1.
  charset: 'ascii',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name]-[hash].cjs',
};

/** A file of its own for modules and for all that they import. */
const together = (name, priority, ...paths) => ({
  name,
  test: id => paths.some(path => id.endsWith(path)),
  priority,
});

/** What the shortest commands read is in few files: each takes its time to be found. */
const codeSplitting = {
  groups: [
    together('start', 3, 'cli/src/terminal/runInProcess.ts'),
    together(
      'cluster',
      2,
      'cli/src/openPlatform.ts',
      'cli/src/commands/list/jobFilter.ts',
      'cli/src/terminal/inSmallHeap.ts',
    ),
    together('table', 1, 'cli/src/commands/list/jobTable.ts'),
  ],
};
await rm(dist, { recursive: true, force: true });
await build([
  {
    cwd: root,
    platform: 'node',
    input: { 'ml-platform': join(cli, 'src/main.ts') },
    plugins: [librariesApart, late],
    output: { ...output, codeSplitting },
  },
  {
    cwd: root,
    platform: 'node',
    input: Object.fromEntries(
      LIBRARIES.map(name => [nameOf(name), PREFIX + name]),
    ),
    plugins: [libraries],
    output,
  },
]);
const start = join(dist, 'ml-platform.cjs');
await writeFile(start, `#!/usr/bin/env node\n${await readFile(start, 'utf8')}`);
await chmod(start, 0o755);
await writePackage();
