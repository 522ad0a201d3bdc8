import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createGitopsPullRequestAction } from './actions/createGitopsPullRequestAction';
import { createImageBuildAction } from './actions/createImageBuildAction';
import { createJobRenderAction } from './actions/createJobRenderAction';
import { createStorageNameAction } from './actions/createStorageNameAction';
import { createWorkloadPullRequestAction } from './actions/createWorkloadPullRequestAction';
import { createWorkloadResolveAction } from './actions/createWorkloadResolveAction';
import { QuotaJobs } from './actions/QuotaJobs';
import { ScmIntegrations } from '@backstage/integration';
import {
  CallerPolicy,
  GitHubAccess,
  ParameterFiles,
  rayImageBuildersServiceRef,
  rayJobsServiceRef,
} from '@ml-platform/backstage-plugin-ray-node';
import { readJobPolicy } from '@ml-platform/rayjob';
import { JobClusterDirectory } from '@ml-platform/sdk';
import { jobsRepository } from './jobsRepository';

/** Adds the actions of the Ray plugins to the scaffolder. */
export const rayScaffolderModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'ray',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        builders: rayImageBuildersServiceRef,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        jobs: rayJobsServiceRef,
        permissions: coreServices.permissions,
        reader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
        scaffolder: scaffolderActionsExtensionPoint,
      },
      async init(deps) {
        const { catalog, config, reader, scaffolder } = deps;
        const github = GitHubAccess.fromConfig(config);
        const repository = jobsRepository({ config, github });
        const rules = {
          ...deps,
          clusters: new JobClusterDirectory({ config }),
          policy: new CallerPolicy({
            ...deps,
            policy: readJobPolicy(config.getOptional('ray.policy')),
          }),
        };
        scaffolder.addActions(
          createWorkloadResolveAction({ catalog, github }),
          createImageBuildAction(deps),
          createJobRenderAction({
            ...rules,
            repository,
            files: new ParameterFiles({
              reader,
              integrations: ScmIntegrations.fromConfig(config),
            }),
            quotaJobs: new QuotaJobs(deps),
          }),
          createGitopsPullRequestAction({ ...rules, repository }),
          createStorageNameAction({ config }),
          createWorkloadPullRequestAction({ config, repository }),
        );
      },
    });
  },
});
