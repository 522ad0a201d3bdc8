#!/usr/bin/env node
// Bundles the command line, which then needs nothing but Node.
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readOptions } from './lib/options.mjs';
import { root } from './lib/paths.mjs';
import { main } from './lib/problem.mjs';

const dist = join(root, 'packages/cli/dist');

/** What few commands need, is loaded by `require`, and takes long to read. */
const LIBRARIES = [
  '@kubernetes/client-node',
  'google-auth-library',
  'https-proxy-agent',
  'socks-proxy-agent',
];
const APART = './libraries.cjs';

/** Leaves the libraries to a file of their own. */
const librariesApart = {
  name: 'libraries-apart',
  setup(build) {
    const library = new RegExp(`^(${LIBRARIES.join('|')})$`);
    build.onResolve({ filter: library }, ({ path }) => ({
      path,
      namespace: 'library',
    }));
    build.onLoad({ filter: /.*/, namespace: 'library' }, ({ path }) => ({
      contents: `module.exports = require('${APART}')['${path}']();`,
    }));
    build.onResolve({ filter: /^\.\/libraries\.cjs$/ }, ({ path }) => ({
      path,
      external: true,
    }));
  },
};

/** What the libraries inside call `require` for Node's own modules by. */
const REQUIRE =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

const HELP = `Usage: npm run build:cli

Bundles the command line into packages/cli/dist: ml-platform.mjs starts it, the
other files beside it are loaded by the commands that need them.
`;

await main(async () => {
  const { help } = readOptions({ help: { type: 'boolean', short: 'h' } }, HELP);
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  const { build } = await import('esbuild');
  const cli = join(root, 'packages/cli');
  const shared = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    outdir: dist,
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'linked',
  };
  await rm(dist, { recursive: true, force: true });
  await Promise.all([
    build({
      ...shared,
      entryPoints: { 'ml-platform': join(cli, 'src/main.ts') },
      format: 'esm',
      // Each command loads what it uses, and no more.
      splitting: true,
      outExtension: { '.js': '.mjs' },
      chunkNames: '[name]-[hash]',
      banner: { js: REQUIRE },
      plugins: [librariesApart],
    }),
    build({
      ...shared,
      stdin: {
        contents: LIBRARIES.map(
          name => `exports['${name}'] = () => require('${name}');`,
        ).join('\n'),
        resolveDir: join(root, 'packages/kube'),
        sourcefile: 'libraries.js',
      },
      format: 'cjs',
      entryNames: 'libraries',
      outExtension: { '.js': '.cjs' },
    }),
  ]);
  const start = join(dist, 'ml-platform.mjs');
  await writeFile(
    start,
    `#!/usr/bin/env node\n${await readFile(start, 'utf8')}`,
  );
  await chmod(start, 0o755);
});
