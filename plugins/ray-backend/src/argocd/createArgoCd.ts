import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { GitOps } from '../gitops/GitOps';
import type { JobIndex } from '../jobs/JobIndex';
import type { ManagementClusters } from '../management/ManagementClusters';
import { Applications } from './Applications';
import { readArgoCd } from './argoCdConfig';
import { JobSyncs } from './JobSyncs';

/**
 * What Argo CD says of jobs, where `ray.argocd` is set.
 * @throws {InputError} when the section is wrong
 */
export function createArgoCd(options: {
  readonly config: Config;
  readonly gitops: GitOps | undefined;
  readonly index: JobIndex;
  readonly managements: ManagementClusters;
  readonly logger: LoggerService;
}): JobSyncs | undefined {
  const { gitops, index, managements, logger } = options;
  const config = readArgoCd(options.config, gitops?.repository.config);
  if (!config || !gitops) {
    return undefined;
  }
  const management = managements.get(config.managementCluster);
  const applications = new Applications({ management, config, logger });
  return new JobSyncs({ applications, config, gitops, index, management });
}
