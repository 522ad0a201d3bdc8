import { InputError } from '@backstage/errors';
import { Cluster } from './cluster/Cluster';
import { parseManifests } from './git/parseManifests';
import { RepoReader } from './git/RepoReader';

/**
 * What a person does once with Argo CD: applies the Application that brings all the
 * others, and its project.
 *
 * @throws {InputError} when the file holds none
 */
export async function applyRoot(input: {
  readonly repository: string;
  readonly path: string;
  readonly repo: RepoReader;
  readonly cluster: Cluster;
  readonly namespace: string;
}): Promise<void> {
  const { repository, path, repo, cluster, namespace } = input;
  const sha = await repo.resolve(repository, 'HEAD');
  const folder = path.split('/').slice(0, -1).join('/');
  const name = path.split('/').at(-1);
  const files = await repo.files(
    repository,
    sha,
    folder,
    file => file === name,
  );
  const { manifests, problems } = parseManifests(files);
  const application = manifests.some(({ kind }) => kind === 'Application');
  if (!application || problems.length > 0) {
    throw new InputError(`${path} has no Application: ${problems.join(', ')}`);
  }
  await cluster.apply(await cluster.resource('v1', 'Namespace'), {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
  for (const manifest of manifests) {
    const resource = await cluster.resource(manifest.apiVersion, manifest.kind);
    await cluster.apply(resource, {
      ...manifest,
      metadata: { ...manifest.metadata, namespace },
    });
  }
}
