import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { oidcAuthApiRef } from './oidcAuthApi';
import { SignInPage } from './SignInPage';

describe('SignInPage', () => {
  it('signs in with the account of the organization, and offers no guest', async () => {
    const identity = {
      type: 'user' as const,
      userEntityRef: 'user:default/ada',
      ownershipEntityRefs: ['user:default/ada'],
    };
    const getBackstageIdentity = jest.fn(
      async ({ optional = false }: { optional?: boolean } = {}) =>
        optional ? undefined : { identity, token: 'token' },
    );
    const onSignInSuccess = jest.fn();
    renderInTestApp(<SignInPage onSignInSuccess={onSignInSuccess} />, {
      config: {
        app: { title: 'ml-platform' },
        auth: { providers: { oidc: {} } },
      },
      apis: [
        [
          oidcAuthApiRef,
          {
            getBackstageIdentity,
            getProfile: async () => ({ email: 'ada@example.com' }),
            signIn: async () => {},
            signOut: async () => {},
            sessionState$: jest.fn(),
          },
        ],
      ],
    });
    await screen.findByText("Sign in with your organization's account");
    expect(screen.queryByRole('button', { name: 'Enter' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Sign In' }));
    const [signedIn] = onSignInSuccess.mock.calls[0];
    expect(await signedIn.getBackstageIdentity()).toEqual(identity);
  });
});
