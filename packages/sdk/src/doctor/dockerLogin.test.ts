import { loginOf, registryHost } from './dockerLogin';

describe('registryHost', () => {
  it.each([
    ['europe-docker.pkg.dev/project/images', 'europe-docker.pkg.dev'],
    ['localhost:5000', 'localhost:5000'],
    ['https://registry.example.com/team', 'registry.example.com'],
    ['ada/images', 'docker.io'],
  ])('of %s is %s', (registry, host) => {
    expect(registryHost(registry)).toBe(host);
  });
});

describe('loginOf', () => {
  const hub = 'https://index.docker.io/v1/';
  it.each([
    [{}, 'r.io', undefined],
    [{ auths: { 'r.io': {} } }, 'r.io', 'by docker login'],
    [{ auths: { 'https://r.io': {} } }, 'r.io', 'by docker login'],
    [{ auths: { [hub]: {} } }, 'docker.io', 'by docker login'],
    [
      { auths: { 'r.io': {} }, credsStore: 'desktop' },
      'r.io',
      'by docker-credential-desktop',
    ],
    [{ credsStore: 'desktop' }, 'r.io', undefined],
    [
      { credHelpers: { 'r.io': 'gcloud' } },
      'r.io',
      'by docker-credential-gcloud',
    ],
  ])('of %j at %s is %s', (config, host, login) => {
    expect(loginOf(config, host)).toBe(login);
  });
});
