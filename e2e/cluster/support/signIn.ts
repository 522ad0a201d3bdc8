/** Cookies of one server, by name. */
class Jar {
  readonly #cookies = new Map<string, string>();

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: {
        ...init.headers,
        cookie: [...this.#cookies].map(pair => pair.join('=')).join('; '),
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0].split(/=(.*)/, 2);
      this.#cookies.set(name, value);
    }
    return response;
  }
}

function locationOf(response: Response, base: string): string {
  const location = response.headers.get('location');
  if (!location) {
    throw new Error(`${response.url} answers ${response.status}, no redirect`);
  }
  return new URL(location, base).href;
}

/**
 * Signs in as a browser does, at one pod of the portal to begin with and at another
 * when the identity provider sends the browser back.
 *
 * @returns the token of the user
 */
export async function signInAt(options: {
  readonly account: string;
  /** Where people open the portal. */
  readonly portalUrl: string;
  readonly beginAt: string;
  readonly endAt: string;
}): Promise<string> {
  const { account, portalUrl, beginAt, endAt } = options;
  const portal = new Jar();
  const provider = new Jar();
  const query = new URLSearchParams({
    env: 'production',
    origin: portalUrl,
    scope: 'openid profile email',
  });
  const begun = await portal.fetch(`${beginAt}/api/auth/oidc/start?${query}`);
  const authorize = locationOf(begun, beginAt);
  const asked = await provider.fetch(authorize);
  const said = await provider.fetch(locationOf(asked, authorize), {
    method: 'POST',
    body: new URLSearchParams({ account }),
  });
  const resumed = await provider.fetch(locationOf(said, authorize));
  const { pathname, search } = new URL(locationOf(resumed, authorize));
  const page = await portal.fetch(`${endAt}${pathname}${search}`);
  const html = await page.text();
  const answers = [...html.matchAll(/decodeURIComponent\('([^']+)'\)/g)].map(
    ([, encoded]) => decodeURIComponent(encoded),
  );
  const answer = answers.find(one => one.includes('authorization_response'));
  const { response, error } = JSON.parse(answer ?? '{}');
  if (!response) {
    throw new Error(`Nobody is signed in: ${error?.message ?? html}`);
  }
  return response.backstageIdentity.token;
}
