import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { GitHubAccess } from '@ml-platform/backstage-plugin-ray-node';
import { JobsRepository, readGitOps } from '@ml-platform/gitops';

/** Times that a request is sent again after GitHub failed: nobody polls here. */
const RETRIES = 2;

/**
 * The repository that `ray.gitops` names, made when it is first needed: a portal
 * may have other templates, and no such repository.
 *
 * @returns a function that throws InputError when none is configured
 */
export function jobsRepository(options: {
  readonly config: RootConfigService;
  readonly github: GitHubAccess;
}): () => JobsRepository {
  let repository: JobsRepository | undefined;
  return () => {
    if (repository) {
      return repository;
    }
    const config = readGitOps(options.config.getOptional('ray.gitops'));
    if (!config) {
      throw new InputError(
        'No GitOps repository is configured; set ray.gitops.repoUrl in the configuration of the portal',
      );
    }
    repository = new JobsRepository({
      config,
      connect: () => options.github.connect(config.repoUrl),
      retries: RETRIES,
    });
    return repository;
  };
}
