import { createHash, randomBytes } from 'node:crypto';
import type { Environment } from '../environmentFetch';
import { PortalServer } from '../PortalServer';
import { askClientId, askTokens, authUrl, revokeTokens } from './authRequests';
import { LoopbackCallback } from './LoopbackCallback';
import { PortalSessions } from './PortalSessions';
import { readToken } from './readToken';

export interface LoginOptions {
  /** Where the portal's backend answers. */
  readonly url: string;
  /** Where sessions are kept; the user's settings by default. */
  readonly sessions?: PortalSessions;
  /** Names a proxy; the process's own by default. */
  readonly environment?: Environment;
  readonly signal?: AbortSignal;
}

export interface BrowserLoginOptions extends LoginOptions {
  /** Shows the page on which the user agrees; the default browser's by default. */
  readonly openBrowser?: (url: string) => Promise<unknown>;
}

const secret = () => randomBytes(32).toString('base64url');

async function openDefaultBrowser(url: string): Promise<void> {
  const { default: open } = await import('open');
  await open(url);
}

/**
 * Logs in to a portal by its pages, in a browser on this machine, and keeps the
 * session. OAuth's authorization code with PKCE, for the client that Backstage has for
 * command lines.
 *
 * @returns Entity reference of the user.
 * @throws {InputError} when the portal doesn't let command lines log in
 * @throws {NotAllowedError} when the user or the portal refuses
 * @throws {ServiceUnavailableError} when the portal doesn't answer
 */
export async function login(
  options: BrowserLoginOptions,
): Promise<{ readonly user: string }> {
  const { signal, openBrowser = openDefaultBrowser } = options;
  const { sessions = new PortalSessions(), ...place } = options;
  const server = new PortalServer(place);
  const state = secret();
  const verifier = secret();
  const callback = await LoopbackCallback.start({ state, signal });
  try {
    const clientId = await askClientId({ server, signal });
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: callback.url,
      response_type: 'code',
      scope: 'openid offline_access',
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    await openBrowser(authUrl(server, `/v1/authorize?${query}`));
    const code = await callback.code;
    const session = await askTokens({ server, signal }, clientId, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: callback.url,
      code_verifier: verifier,
    });
    const { user } = readToken(session.accessToken);
    await sessions.change(server.url, async () => session);
    return { user };
  } finally {
    callback.close();
    server.close();
  }
}

/**
 * Forgets the session at a portal, here and there.
 *
 * @returns False where there was none.
 * @throws {ServiceUnavailableError} when the portal doesn't answer; the session is
 * forgotten here all the same
 */
export async function logout(options: LoginOptions): Promise<boolean> {
  const { signal, sessions = new PortalSessions(), ...place } = options;
  const server = new PortalServer(place);
  try {
    const session = await sessions.get(server.url);
    if (!session) {
      return false;
    }
    await sessions.change(server.url, async () => undefined);
    await revokeTokens({ server, signal }, session);
    return true;
  } finally {
    server.close();
  }
}
