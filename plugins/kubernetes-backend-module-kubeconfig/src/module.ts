import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  AksStrategy,
  AnonymousStrategy,
  AwsIamStrategy,
  AzureIdentityStrategy,
  GoogleServiceAccountStrategy,
  GoogleStrategy,
  OidcStrategy,
  ServiceAccountStrategy,
} from '@backstage/plugin-kubernetes-backend';
import { kubernetesAuthStrategyExtensionPoint } from '@backstage/plugin-kubernetes-node';
import { KUBECONFIG_PROVIDER } from '@ml-platform/kube';
import { KubeconfigStrategy } from './KubeconfigStrategy';

/** Adds the auth provider `kubeconfig` to those that Backstage has. */
export const kubernetesModuleKubeconfig = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'kubeconfig',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        strategies: kubernetesAuthStrategyExtensionPoint,
      },
      async init({ config, logger, strategies }) {
        const all = {
          [KUBECONFIG_PROVIDER]: new KubeconfigStrategy(),
          // The plugin takes its own strategies only where no module adds one.
          aks: new AksStrategy(),
          aws: new AwsIamStrategy({ config }),
          azure: new AzureIdentityStrategy(logger),
          google: new GoogleStrategy(),
          googleServiceAccount: new GoogleServiceAccountStrategy({ config }),
          localKubectlProxy: new AnonymousStrategy(),
          oidc: new OidcStrategy(),
          serviceAccount: new ServiceAccountStrategy(),
        };
        for (const [name, strategy] of Object.entries(all)) {
          strategies.addAuthStrategy(name, strategy);
        }
      },
    });
  },
});
