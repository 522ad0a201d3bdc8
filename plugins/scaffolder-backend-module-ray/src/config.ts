import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { DEFAULT_GITOPS_PATH } from '@ml-platform/gitops';

/** The repository that holds the manifests of jobs. */
export interface GitOpsConfig {
  /** Web address of the repository. */
  readonly repoUrl: string;
  /** Branch that pull requests are opened against. */
  readonly branch: string;
  /** Folder of the manifests. */
  readonly path: string;
}

/** A cluster that jobs may run on. */
export interface ClusterConfig {
  readonly name: string;
  /** Namespaces that jobs may run in; without it, all. */
  readonly namespaces?: readonly string[];
}

/**
 * Reads `ray.gitops`.
 * @throws InputError when it is absent
 */
export function readGitOps(config: RootConfigService): GitOpsConfig {
  const section = config.getOptionalConfig('ray.gitops');
  if (!section) {
    throw new InputError(
      'The portal knows no GitOps repository; set ray.gitops.repoUrl in its configuration',
    );
  }
  return {
    repoUrl: section.getString('repoUrl'),
    branch: section.getOptionalString('branch') ?? 'main',
    path: section.getOptionalString('path') ?? DEFAULT_GITOPS_PATH,
  };
}

/** Reads `ray.clusters`; empty means that any cluster may be named. */
export function readClusters(
  config: RootConfigService,
): readonly ClusterConfig[] {
  return (config.getOptionalConfigArray('ray.clusters') ?? []).map(cluster => ({
    name: cluster.getString('name'),
    namespaces: cluster.getOptionalStringArray('namespaces'),
  }));
}

/**
 * Checks that jobs may run at a place.
 * @throws InputError that names the places there are
 */
export function checkPlace(
  clusters: readonly ClusterConfig[],
  place: { readonly cluster: string; readonly namespace: string },
): void {
  if (clusters.length === 0) {
    return;
  }
  const cluster = clusters.find(({ name }) => name === place.cluster);
  if (!cluster) {
    throw new InputError(
      `No jobs run on cluster '${place.cluster}'; choose one of ${clusters
        .map(({ name }) => name)
        .join(', ')}`,
    );
  }
  if (cluster.namespaces && !cluster.namespaces.includes(place.namespace)) {
    throw new InputError(
      `No jobs run in namespace '${place.namespace}' of ${cluster.name}; choose one of ${cluster.namespaces.join(', ')}`,
    );
  }
}
