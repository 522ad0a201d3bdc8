import { AuthenticationError } from '@backstage/errors';
import type { CallOptions } from '../../platform/Platform';
import type { PortalCredentials } from '../PortalCredentials';
import type { PortalServer } from '../PortalServer';
import { askTokens } from './authRequests';
import type { PortalSession, PortalSessions } from './PortalSessions';
import { isFresh } from './readToken';

export interface SessionCredentialsOptions {
  readonly server: PortalServer;
  readonly sessions: PortalSessions;
  readonly clock: () => Date;
}

/** The token of whoever is logged in, renewed before it expires. */
export class SessionCredentials implements PortalCredentials {
  readonly #options: SessionCredentialsOptions;

  constructor(options: SessionCredentialsOptions) {
    this.#options = options;
  }

  async token(
    options: CallOptions & { readonly refused?: string } = {},
  ): Promise<string | undefined> {
    const { server, sessions, clock } = this.#options;
    const { refused, signal } = options;
    const isGood = ({ accessToken }: PortalSession) =>
      accessToken !== refused && isFresh(accessToken, clock());
    const session = await sessions.get(server.url);
    if (!session || isGood(session)) {
      return session?.accessToken;
    }
    let error: unknown;
    const renewed = await sessions.change(server.url, async current => {
      // Another process may have been here in the meantime.
      if (!current || isGood(current)) {
        return current;
      }
      try {
        return await this.#renew(current, signal);
      } catch (failure) {
        error = failure;
        return failure instanceof AuthenticationError ? undefined : current;
      }
    });
    if (error) {
      throw error;
    }
    return renewed?.accessToken;
  }

  async #renew(
    { clientId, refreshToken }: PortalSession,
    signal: AbortSignal | undefined,
  ): Promise<PortalSession> {
    const { server } = this.#options;
    const again = `log in to ${server.url} again`;
    if (refreshToken === undefined) {
      throw new AuthenticationError(`The session has expired; ${again}`);
    }
    try {
      return await askTokens({ server, signal }, clientId, {
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      });
    } catch (error) {
      throw error instanceof AuthenticationError
        ? new AuthenticationError(
            `The session has ended (${error.message}); ${again}`,
          )
        : error;
    }
  }
}
