import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../../support/runPlatform';
import type { RayJob } from './jobs';
import { REGISTRY } from './target';

const FOLDER = join(ROOT, 'packages/rayjob/golden');

/** A manifest as the platform writes it. */
export interface Golden {
  readonly name: string;
  /** Its bytes, with a name and a place of its own, and images from the cluster's registry. */
  readonly text: string;
  readonly job: RayJob;
}

/** Every kind of manifest that the platform writes. */
export async function readGoldens(): Promise<readonly Golden[]> {
  const files = (await readdir(FOLDER)).filter(name => name.endsWith('.yaml'));
  return Promise.all(
    files.map(async name => {
      const written = await readFile(join(FOLDER, name), 'utf8');
      const text = written
        .replace(/^ {2}name: .*$/m, `  name: golden-${basename(name, '.yaml')}`)
        .replace(/^ {2}namespace: .*$/m, '  namespace: training')
        .replaceAll(
          /(image: )(?:registry\.example\.com(?::\d+)?\/)?/g,
          `$1${REGISTRY}/`,
        );
      return { name, text, job: parse(text) as RayJob };
    }),
  );
}
