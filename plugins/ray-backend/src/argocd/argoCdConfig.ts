import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { GitOpsConfig } from '@ml-platform/gitops';
import { isHttpUrl } from '@ml-platform/rayjob';
import type { JobsBranch } from './followsFile';

/** Where Argo CD's Applications are, and which of them bring jobs. */
export interface ArgoCdConfig {
  /** Name of the cluster in the section `kubernetes`. */
  readonly managementCluster: string;
  /** Namespace of the Applications. */
  readonly namespace: string;
  readonly jobs: JobsBranch;
  /** Address of Argo CD's own pages. */
  readonly url?: string;
}

/**
 * Reads the section `ray.argocd`.
 * @returns `undefined` where the portal doesn't ask Argo CD
 * @throws {InputError} when a value is wrong, or jobs don't come from git
 */
export function readArgoCd(
  root: Config,
  gitops: GitOpsConfig | undefined,
): ArgoCdConfig | undefined {
  const section = root.getOptionalConfig('ray.argocd');
  if (!section) {
    return undefined;
  }
  if (!gitops) {
    throw new InputError(
      'ray.argocd needs ray.gitops: set the repository of the jobs there, or remove ray.argocd',
    );
  }
  const url = section.getOptionalString('url')?.replace(/\/+$/, '');
  if (url !== undefined && !isHttpUrl(url)) {
    throw new InputError(
      `ray.argocd.url '${url}' isn't an address; write it as https://argocd.example.com`,
    );
  }
  return {
    managementCluster:
      section.getOptionalString('managementCluster') ?? 'management-cluster',
    namespace: section.getOptionalString('namespace') ?? 'argocd',
    jobs: {
      repoUrl: section.getOptionalString('repoUrl') ?? gitops.repoUrl,
      branch: gitops.branch,
    },
    url,
  };
}
