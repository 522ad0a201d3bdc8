import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createGitopsPullRequestAction } from './actions/createGitopsPullRequestAction';
import { createImageBuildAction } from './actions/createImageBuildAction';
import { createJobRenderAction } from './actions/createJobRenderAction';
import { createWorkloadPullRequestAction } from './actions/createWorkloadPullRequestAction';
import { createWorkloadResolveAction } from './actions/createWorkloadResolveAction';
import { ImageBuilders } from '@ml-platform/images';
import { rayImageBuildersExtensionPoint } from './extensions';
import { GitHubAccess } from '@ml-platform/backstage-plugin-ray-node';
import { JobClusterDirectory } from '@ml-platform/sdk';
import { jobsRepository } from './jobsRepository';

/** Adds the actions of the Ray plugins to the scaffolder. */
export const rayScaffolderModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'ray',
  register(registration) {
    const builders = new ImageBuilders();
    registration.registerExtensionPoint(
      rayImageBuildersExtensionPoint,
      builders,
    );
    registration.registerInit({
      deps: {
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        reader: coreServices.urlReader,
        scaffolder: scaffolderActionsExtensionPoint,
      },
      async init({ catalog, config, reader, scaffolder }) {
        const github = GitHubAccess.fromConfig(config);
        const repository = jobsRepository({ config, github });
        const clusters = new JobClusterDirectory({ config });
        scaffolder.addActions(
          createWorkloadResolveAction({ catalog, github }),
          createImageBuildAction({ config, reader, builders }),
          createJobRenderAction({ config, repository, clusters }),
          createGitopsPullRequestAction({ config, repository }),
          createWorkloadPullRequestAction({ config, repository }),
        );
      },
    });
  },
});
