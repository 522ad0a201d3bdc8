import type {
  IdentityProviders,
  SignInProviderConfig,
} from '@backstage/core-components';
import {
  githubAuthApiRef,
  googleAuthApiRef,
  type ConfigApi,
} from '@backstage/frontend-plugin-api';
import { oidcAuthApiRef } from './oidcAuthApi';

const KNOWN: readonly SignInProviderConfig[] = [
  {
    id: 'oidc',
    title: 'Your organization',
    message: "Sign in with your organization's account",
    apiRef: oidcAuthApiRef,
  },
  {
    id: 'google',
    title: 'Google',
    message: 'Sign in with your Google account',
    apiRef: googleAuthApiRef,
  },
  {
    id: 'github',
    title: 'GitHub',
    message: 'Sign in with your GitHub account',
    apiRef: githubAuthApiRef,
  },
];

/**
 * The ways to sign in that `auth.providers` names; the page learns their names and
 * nothing else of them. Where there is none of these, guests come in, if the backend
 * lets them.
 */
export function signInProviders(config: ConfigApi): IdentityProviders {
  const configured = KNOWN.filter(({ id }) =>
    config.has(`auth.providers.${id}`),
  );
  return configured.length > 0 ? [...configured] : ['guest'];
}
