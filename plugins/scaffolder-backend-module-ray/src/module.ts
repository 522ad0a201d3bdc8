import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createGitopsPullRequestAction } from './actions/createGitopsPullRequestAction';
import { createJobRenderAction } from './actions/createJobRenderAction';
import { GitHubAccess } from './git/GitHubAccess';

/** Adds the actions of the Ray plugins to the scaffolder. */
export const rayScaffolderModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'ray',
  register(registration) {
    registration.registerInit({
      deps: {
        config: coreServices.rootConfig,
        scaffolder: scaffolderActionsExtensionPoint,
      },
      async init({ config, scaffolder }) {
        const github = new GitHubAccess({
          integrations: ScmIntegrations.fromConfig(config),
        });
        scaffolder.addActions(
          createJobRenderAction({ config }),
          createGitopsPullRequestAction({ config, github }),
        );
      },
    });
  },
});
