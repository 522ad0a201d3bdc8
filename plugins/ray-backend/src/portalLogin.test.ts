import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import authPlugin from '@backstage/plugin-auth-backend';
import guestProvider from '@backstage/plugin-auth-backend-module-guest-provider';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { RAYJOBS } from '@ml-platform/rayjob';
import {
  login,
  logout,
  PortalPlatform,
  portalCredentials,
  PortalSessions,
} from '@ml-platform/sdk';
import {
  startRealBackend,
  type RealBackend,
} from './__testUtils__/realBackend';

const GUEST = {
  apiVersion: 'backstage.io/v1beta1',
  kind: 'User',
  metadata: { name: 'guest', namespace: 'default' },
  spec: { memberOf: [] },
};

/** As app-config.yaml has it. */
const AUTH = {
  environment: 'development',
  providers: { guest: { userEntityRef: 'user:default/guest' } },
  clientIdMetadataDocuments: {
    enabled: true,
    allowedClientIdPatterns: [],
    allowedRedirectUriPatterns: ['http://127.0.0.1:*/callback'],
  },
  experimentalRefreshToken: { enabled: true },
};

describe('logging in to the portal', () => {
  const { NODE_ENV } = process.env;
  let api: FakeKubeApi;
  let backend: RealBackend;
  let folder: string;
  let sessions: PortalSessions;
  let url: string;

  beforeAll(async () => {
    // Guests, and clients over plain HTTP, are for development.
    Object.assign(process.env, { NODE_ENV: 'development' });
    api = await FakeKubeApi.start();
    api.put(RAYJOBS, { metadata: { name: 'j', namespace: 'training' } });
    backend = await startRealBackend({
      clusters: [{ name: 'c', url: api.url }],
      config: { auth: AUTH },
      features: [
        authPlugin,
        guestProvider,
        catalogServiceMock.factory({ entities: [GUEST] }),
      ],
    });
    await backend.started;
    url = backend.baseUrl;
  }, 60_000);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portal-login-'));
    sessions = new PortalSessions({ file: join(folder, 'new', 's.json') });
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  afterAll(async () => {
    await backend.stop();
    await api.close();
    Object.assign(process.env, { NODE_ENV });
  });

  const post = async (path: string, token?: string) => {
    const answer = await fetch(`${url}/api/auth${path}`, {
      method: 'POST',
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });
    return answer.json();
  };

  /** Somebody who signs in to the portal as guest, and agrees or refuses. */
  const browser =
    (decision: 'approve' | 'reject') =>
    async (page: string): Promise<void> => {
      const answer = await fetch(page, { redirect: 'manual' });
      const consent = answer.headers.get('location') ?? '';
      expect(consent).toContain(`${url}/oauth2/authorize/`);
      const session = consent.split('/').at(-1);
      const { backstageIdentity } = await post('/guest/refresh');
      const { redirectUrl } = await post(
        `/v1/sessions/${session}/${decision}`,
        backstageIdentity.token,
      );
      await fetch(redirectUrl);
    };

  const environment = {};
  const signIn = () =>
    login({ url, sessions, environment, openBrowser: browser('approve') });
  const credentials = () => portalCredentials({ url, sessions, environment });

  async function jobsWith(given = credentials()): Promise<string[]> {
    const platform = new PortalPlatform({
      url,
      credentials: given,
      environment,
    });
    const { items } = await platform.listJobs({});
    platform.close();
    return items.map(({ name }) => name);
  }

  it('keeps a session that only the user can read', async () => {
    await expect(signIn()).resolves.toEqual({ user: 'user:default/guest' });
    expect((await stat(sessions.file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'new'))).mode & 0o777).toBe(0o700);
    await expect(jobsWith()).resolves.toEqual(['j']);
  });

  it('renews the session before it expires', async () => {
    await signIn();
    const first = await sessions.get(url);
    await expect(credentials().token()).resolves.toBe(first?.accessToken);
    const clock = () => new Date(Date.now() + 3_560_000);
    const later = portalCredentials({ url, sessions, environment, clock });
    const token = await later.token();
    expect(token).not.toBe(first?.accessToken);
    const second = await sessions.get(url);
    expect(second?.accessToken).toBe(token);
    expect(second?.refreshToken).not.toBe(first?.refreshToken);
  });

  it('renews a session that the portal forgot once, whoever asks', async () => {
    await signIn();
    const refused = (await sessions.get(url))?.accessToken;
    const ask = () => credentials().token({ refused });
    const [mine, theirs] = await Promise.all([ask(), ask()]);
    expect(mine).not.toBe(refused);
    expect(theirs).toBe(mine);
    await expect(jobsWith()).resolves.toEqual(['j']);
  });

  it('asks to log in again when the session is over', async () => {
    await signIn();
    const session = await sessions.get(url);
    await logout({ url, sessions, environment });
    await sessions.change(url, async () => session);
    const refused = session?.accessToken;
    await expect(credentials().token({ refused })).rejects.toMatchObject({
      name: 'AuthenticationError',
      message: expect.stringContaining(`log in to ${url} again`),
    });
    await expect(sessions.get(url)).resolves.toBeUndefined();
  });

  it('says so when the user refuses', async () => {
    await expect(
      login({ url, sessions, environment, openBrowser: browser('reject') }),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: 'The login was refused: User denied the request',
    });
    await expect(sessions.get(url)).resolves.toBeUndefined();
  });

  it('takes a code from nobody else, and waits no longer than it is told', async () => {
    const stop = new AbortController();
    const openBrowser = async (page: string) => {
      const query = new URL(page).searchParams;
      const callback = query.get('redirect_uri');
      const answer = await fetch(`${callback}?code=stolen&state=guessed`);
      expect(answer.status).toBe(404);
      stop.abort(new Error('Enough'));
    };
    const { signal } = stop;
    await expect(
      login({ url, sessions, environment, openBrowser, signal }),
    ).rejects.toThrow('Enough');
  });

  it('forgets the session at both ends', async () => {
    await signIn();
    await expect(logout({ url, sessions, environment })).resolves.toBe(true);
    await expect(logout({ url, sessions, environment })).resolves.toBe(false);
    expect(await readFile(sessions.file, 'utf8')).toBe('{}');
  });

  it('needs no login for the guest of a portal on this machine', async () => {
    await expect(jobsWith()).resolves.toEqual(['j']);
  });

  it('prefers the token of the environment', async () => {
    const given = (token: string) =>
      portalCredentials({
        url,
        sessions,
        environment: { ML_PLATFORM_TOKEN: token },
      });
    await expect(jobsWith(given(backend.token))).resolves.toEqual(['j']);
    await expect(jobsWith(given('wrong'))).rejects.toMatchObject({
      name: 'AuthenticationError',
    });
  });

  it('gives codes to no other address than one of this machine', async () => {
    const query = new URLSearchParams({
      client_id: `${url}/api/auth/.well-known/oauth-client/cli.json`,
      redirect_uri: 'https://evil.example.com/callback',
      response_type: 'code',
      code_challenge: 'x',
      code_challenge_method: 'S256',
    });
    const answer = await fetch(`${url}/api/auth/v1/authorize?${query}`, {
      redirect: 'manual',
    });
    expect(answer.headers.get('location') ?? '').not.toContain('oauth2');
  });
});
