import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { Problem } from '../problem.mjs';
import { output } from './renderCluster.mjs';

/** Of an image `name=new:tag`, what kustomize calls its parts. */
function imageOf(text) {
  const [name, reference] = text.split('=');
  const end = reference.lastIndexOf(':');
  const newName = reference.slice(0, end);
  return { name, newName, newTag: reference.slice(end + 1) };
}

/** Writes an Application's patches and images into a kustomization, as Argo CD does. */
async function customize(file, { patches = [], images = [] }) {
  const settings = parse(await readFile(file, 'utf8'));
  const replaced = images.map(imageOf);
  const names = new Set(replaced.map(({ name }) => name));
  const kept = (settings.images ?? []).filter(({ name }) => !names.has(name));
  await writeFile(
    file,
    stringify({
      ...settings,
      patches: [...(settings.patches ?? []), ...patches],
      images: [...kept, ...replaced],
    }),
  );
}

/**
 * The manifests that an Application applies, or undefined for a chart, of which only
 * the values file is checked. Changes files below `folder`, which is a copy.
 */
export async function buildApplication(application, { kustomize, folder }) {
  const { name } = application.metadata;
  const [source] = application.spec.sources;
  const files =
    source.helm?.valueFiles.map(file => file.replace('$repository/', '')) ?? [];
  const missing = [...files, ...(source.path ? [source.path] : [])].filter(
    path => !existsSync(join(folder, path)),
  );
  if (missing.length > 0) {
    throw new Problem(`${name}: there is no ${missing.join(', ')}`);
  }
  if (!source.path) return undefined;
  const path = join(folder, source.path);
  await customize(join(path, 'kustomization.yaml'), source.kustomize ?? {});
  return output(kustomize, ['build', path], folder);
}
