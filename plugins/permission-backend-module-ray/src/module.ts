import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { readRoles } from './readRoles';
import { RolePolicy } from './RolePolicy';

/** Sets the policy of the whole portal, from `permission.roles`. */
export const permissionModuleRay = createBackendModule({
  pluginId: 'permission',
  moduleId: 'ray-roles',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        policy: policyExtensionPoint,
      },
      async init({ config, logger, policy }) {
        const roles = readRoles(config);
        if (roles.size === 0) {
          logger.warn(
            'Nobody has a role, so nobody may do anything; set permission.roles',
          );
        }
        policy.setPolicy(new RolePolicy(roles));
      },
    });
  },
});
