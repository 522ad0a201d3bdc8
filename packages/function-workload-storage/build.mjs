// Makes what the function's image and package consist of, below dist/ or the folder that
// is named: the function as one file for Node, the Dockerfile's context and the package's
// metadata. The README says how an image and a Crossplane package are made of it.
import { cp, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const here = dirname(fileURLToPath(import.meta.url));
const dist = resolve(process.argv[2] ?? join(here, 'dist'));

await rm(dist, { recursive: true, force: true });
await build({
  cwd: here,
  platform: 'node',
  input: join(here, 'src/main.ts'),
  output: {
    file: join(dist, 'image/function.cjs'),
    format: 'cjs',
    codeSplitting: false,
    minify: true,
  },
});
await cp(join(here, 'Dockerfile'), join(dist, 'image/Dockerfile'));
await cp(join(here, 'package'), join(dist, 'package'), { recursive: true });
