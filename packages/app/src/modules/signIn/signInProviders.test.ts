import { ConfigReader } from '@backstage/config';
import { signInProviders } from './signInProviders';

const offered = (providers: object) =>
  signInProviders(
    new ConfigReader(JSON.parse(JSON.stringify({ auth: { providers } }))),
  ).map(provider => (typeof provider === 'string' ? provider : provider.id));

describe('signInProviders', () => {
  it.each([
    [{ oidc: {} }, ['oidc']],
    [{ google: {} }, ['google']],
    [{ github: {}, oidc: {} }, ['oidc', 'github']],
    [{ guest: null, oidc: {} }, ['oidc']],
    [{ google: null }, ['guest']],
    [{}, ['guest']],
  ])('of %j are %j', (providers, expected) => {
    expect(offered(providers)).toEqual(expected);
  });
});
