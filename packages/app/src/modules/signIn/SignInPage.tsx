import { SignInPage as BackstageSignInPage } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { signInProviders } from './signInProviders';

/** Offers what the configuration has; a single provider gets the page for itself. */
export function SignInPage(props: SignInPageProps) {
  const providers = signInProviders(useApi(configApiRef));
  const [only, ...others] = providers;
  return others.length === 0 && typeof only === 'object' ? (
    <BackstageSignInPage {...props} provider={only} />
  ) : (
    <BackstageSignInPage {...props} providers={providers} />
  );
}
