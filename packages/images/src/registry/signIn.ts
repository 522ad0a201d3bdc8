import { NotAllowedError } from '@backstage/errors';
import { isLoopbackRegistry } from '../imageReference';
import type { RegistryCredential } from './findCredential';
import { tokenSchema } from './registrySchemas';

/** What a registry asks for, with the first answer that it refuses. */
interface Challenge {
  readonly scheme: string;
  readonly realm?: string;
  readonly service?: string;
  readonly scope?: string;
}

/** Reads `Bearer realm="https://…",service="…"`. */
function readChallenge(header: string): Challenge {
  const [scheme = ''] = header.trim().split(/\s+/, 1);
  const parts = [...header.matchAll(/(\w+)="([^"]*)"/g)].map(
    ([, name, value]) => [name.toLowerCase(), value],
  );
  return { scheme: scheme.toLowerCase(), ...Object.fromEntries(parts) };
}

const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** Where to ask for a token: never without TLS, but on this machine. */
function tokenUrl(realm: string | undefined, registry: string): URL {
  const url = URL.canParse(realm ?? '') ? new URL(realm ?? '') : undefined;
  if (
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && isLoopbackRegistry(url.host))
  ) {
    return url;
  }
  throw new NotAllowedError(
    `The registry ${registry} wants credentials sent to '${realm ?? ''}', which isn't an https address`,
  );
}

/** The request for a token: with a token to get others with, or with a password. */
function tokenRequest(
  url: URL,
  challenge: Challenge,
  credential: RegistryCredential | undefined,
): [URL, RequestInit] {
  const { service = '', scope = '' } = challenge;
  if (credential && 'identityToken' in credential) {
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'ml-platform',
      refresh_token: credential.identityToken,
      service,
      scope,
    });
    return [url, { method: 'POST', body }];
  }
  url.searchParams.set('service', service);
  url.searchParams.set('scope', scope);
  return [
    url,
    credential
      ? {
          headers: {
            authorization: basic(credential.username, credential.password),
          },
        }
      : {},
  ];
}

/**
 * Signs in to a registry as it asks to.
 *
 * Source: distribution's "Token Authentication Specification" and "OAuth 2".
 *
 * @returns the value of the header `authorization`; `undefined` where there is no way in
 * @throws {NotAllowedError} when the credentials aren't known
 */
export async function signIn(options: {
  readonly registry: string;
  readonly repository: string;
  /** Header `www-authenticate` of the answer that refuses. */
  readonly challenge: string;
  readonly credential: RegistryCredential | undefined;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}): Promise<string | undefined> {
  const { registry, repository, credential } = options;
  const challenge = readChallenge(options.challenge);
  if (challenge.scheme === 'basic') {
    return credential && 'username' in credential
      ? basic(credential.username, credential.password)
      : undefined;
  }
  if (challenge.scheme !== 'bearer' || !challenge.realm) {
    return undefined;
  }
  const [url, init] = tokenRequest(
    tokenUrl(challenge.realm, registry),
    { ...challenge, scope: challenge.scope ?? `repository:${repository}:pull` },
    credential,
  );
  const response = await options.fetch(url.href, init);
  if (!response.ok) {
    throw new NotAllowedError(
      `The registry ${registry} doesn't know your credentials (${response.status} of ${url.host}); sign in again`,
    );
  }
  const answer = tokenSchema.parse(await response.json());
  const token = answer.token ?? answer.access_token;
  return token && `Bearer ${token}`;
}
