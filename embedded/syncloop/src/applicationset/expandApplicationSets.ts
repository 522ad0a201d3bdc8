import { isError } from '@backstage/errors';
import type { ParsedManifests } from '../git/parseManifests';
import { RepoReader, repositoryName } from '../git/RepoReader';
import { CASCADE, groupOf, KubeManifest } from '../types';
import { FolderApplicationSet, folderApplicationSet } from './applicationSet';
import { matchFolders } from './matchFolders';
import { renderTemplate } from './renderTemplate';

async function applicationsOf(
  set: KubeManifest,
  { spec }: FolderApplicationSet,
  repo: RepoReader,
): Promise<KubeManifest[]> {
  const [{ git }] = spec.generators;
  const repository = repositoryName(git.repoURL);
  if (!repository) throw new Error(`${git.repoURL} names no repository`);
  const sha = await repo.resolve(repository, git.revision);
  const folders = await repo.folders(repository, sha);
  return matchFolders(folders, git.directories).map(folder => {
    const { metadata, spec: rendered } = renderTemplate(spec.template, folder);
    return {
      apiVersion: set.apiVersion,
      kind: 'Application',
      metadata: {
        ...metadata,
        namespace: set.metadata.namespace,
        // As Argo CD: without its folder, an Application goes with what it brought.
        finalizers: [CASCADE],
      },
      spec: rendered,
    };
  });
}

/**
 * The manifests with the Applications of each ApplicationSet in its place. Sets that
 * ask for clusters make none, since no cluster has a Secret that describes it here.
 *
 * @throws {ServiceUnavailableError} when git doesn't answer
 */
export async function expandApplicationSets(
  parsed: ParsedManifests,
  repo: RepoReader,
): Promise<ParsedManifests> {
  const manifests: KubeManifest[] = [];
  const problems = [...parsed.problems];
  for (const manifest of parsed.manifests) {
    const { apiVersion, kind, metadata } = manifest;
    if (kind !== 'ApplicationSet' || groupOf(apiVersion) !== 'argoproj.io') {
      manifests.push(manifest);
      continue;
    }
    const set = folderApplicationSet.safeParse(manifest);
    if (!set.success) continue;
    try {
      manifests.push(...(await applicationsOf(manifest, set.data, repo)));
    } catch (error) {
      problems.push(
        `ApplicationSet ${metadata.name}: ${isError(error) ? error.message : error}`,
      );
    }
  }
  return { manifests, problems };
}
