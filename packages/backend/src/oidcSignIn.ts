import { createBackendModule } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  oidcAuthenticator,
  oidcSignInResolvers,
} from '@backstage/plugin-auth-backend-module-oidc-provider';
import {
  authProvidersExtensionPoint,
  createOAuthAuthenticator,
  createOAuthProviderFactory,
} from '@backstage/plugin-auth-node';

type Provider = ReturnType<typeof oidcAuthenticator.initialize>;

/**
 * What an OpenID Connect provider says of itself: asked at the first sign-in, kept once
 * it is known, and asked again after a failure.
 */
class ProviderMetadata {
  readonly #discover: () => Provider;
  #known: Provider | undefined;

  constructor(discover: () => Provider) {
    this.#discover = discover;
  }

  /** @throws ServiceUnavailableError where the provider can't be reached. */
  async get(): Promise<Provider> {
    const provider = (this.#known ??= this.#discover());
    try {
      await provider.promise;
    } catch (cause) {
      if (this.#known === provider) {
        this.#known = undefined;
      }
      throw new ServiceUnavailableError(
        "Couldn't reach the identity provider. Try again in a moment.",
        cause,
      );
    }
    return provider;
  }
}

/**
 * Backstage's authenticator asks the provider once, when the pod starts; if that fails,
 * nobody signs in there until the pod restarts.
 */
const authenticator = createOAuthAuthenticator({
  defaultProfileTransform: oidcAuthenticator.defaultProfileTransform,
  scopes: oidcAuthenticator.scopes,
  initialize: options =>
    new ProviderMetadata(() => oidcAuthenticator.initialize(options)),
  start: async (input, metadata) =>
    oidcAuthenticator.start(input, await metadata.get()),
  authenticate: async (input, metadata) =>
    oidcAuthenticator.authenticate(input, await metadata.get()),
  refresh: async (input, metadata) =>
    oidcAuthenticator.refresh(input, await metadata.get()),
  logout: async (input, metadata) =>
    oidcAuthenticator.logout?.(input, await metadata.get()),
});

/** Signing in with OpenID Connect, also after the provider was away for a while. */
export const oidcSignIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'oidc-provider',
  register(registration) {
    registration.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'oidc',
          factory: createOAuthProviderFactory({
            authenticator,
            signInResolverFactories: oidcSignInResolvers,
          }),
        });
      },
    });
  },
});
