import {
  cp,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { root } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { step } from '../steps.mjs';
import { buildApplication } from './buildApplication.mjs';
import { projectProblems } from './projectProblems.mjs';
import { output, readObjects, renderCluster } from './renderCluster.mjs';

const CLUSTERS = ['management-cluster', 'workload-cluster'];
const KUBERNETES = '1.34.0';

async function yamlFiles(folder) {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter(name => /\.ya?ml$/.test(name) && !name.includes('/templates/'))
    .map(name => join(folder, name));
}

/** Files with manifests, and folders that kustomize builds. */
async function sort(files) {
  const sorted = { manifests: [], folders: [] };
  for (const file of files) {
    if (basename(file) === 'kustomization.yaml') {
      sorted.folders.push(dirname(file));
    } else if (/^kind: /m.test(await readFile(file, 'utf8'))) {
      sorted.manifests.push(file);
    }
  }
  return sorted;
}

async function renderAll(tools, folder, results) {
  const files = await yamlFiles(join(folder, 'gitops/argocd'));
  const texts = await Promise.all(files.map(file => readFile(file, 'utf8')));
  const named = texts.flatMap(readObjects);
  const problems = [];
  for (const cluster of CLUSTERS) {
    const { text, objects } = await renderCluster({
      ...tools,
      folder,
      cluster,
    });
    await writeFile(join(results, `${cluster}.yaml`), text);
    const projects = new Map(
      [...named, ...objects]
        .filter(({ kind }) => kind === 'AppProject')
        .map(project => [project.metadata.name, project]),
    );
    for (const app of objects.filter(({ kind }) => kind === 'Application')) {
      const built = await buildApplication(app, { ...tools, folder });
      const { name } = app.metadata;
      if (built) await writeFile(join(results, `${name}.yaml`), built);
      const project = projects.get(app.spec.project);
      problems.push(
        ...(project
          ? projectProblems(app, project, built ? readObjects(built) : [])
          : [`${name}: there is no project ${app.spec.project}`]),
      );
    }
  }
  if (problems.length > 0) throw new Problem(problems.join('\n'));
}

/**
 * Renders all manifests with these commands, and holds the results to the projects and,
 * with kubeconform, to the schemas at these places.
 */
export async function checkManifests({ schemaLocations, ...tools }) {
  const folder = await mkdtemp(join(tmpdir(), 'gitops-'));
  try {
    for (const part of ['gitops', 'kubernetes']) {
      await cp(join(root, part), join(folder, part), { recursive: true });
    }
    const results = await mkdtemp(join(folder, 'results-'));
    const sources = ['gitops', 'kubernetes'].map(part => join(folder, part));
    const all = (await Promise.all(sources.map(yamlFiles))).flat();
    const { manifests, folders } = await sort(all);
    for (const [index, path] of folders.entries()) {
      const built = await output(tools.kustomize, ['build', path], folder);
      await writeFile(join(results, `folder-${index}.yaml`), built);
    }
    await renderAll(tools, folder, results);
    await step('Schemas of gitops/ and kubernetes/', tools.kubeconform, [
      ...['-strict', '-summary', '-kubernetes-version', KUBERNETES],
      ...schemaLocations.flatMap(text => ['-schema-location', text]),
      ...manifests,
      results,
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
