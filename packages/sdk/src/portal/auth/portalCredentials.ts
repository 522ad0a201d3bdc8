import type { Environment } from '../environmentFetch';
import type { PortalCredentials } from '../PortalCredentials';
import { PortalServer } from '../PortalServer';
import { GuestCredentials, isLoopback } from './GuestCredentials';
import { PortalSessions } from './PortalSessions';
import { SessionCredentials } from './SessionCredentials';

export interface PortalCredentialsOptions {
  /** Where the portal's backend answers. */
  readonly url: string;
  /** Has the token or names a proxy; the process's own by default. */
  readonly environment?: Environment;
  /** Where sessions are kept; the user's settings by default. */
  readonly sessions?: PortalSessions;
  readonly clock?: () => Date;
}

/**
 * Finds out who asks: ML_PLATFORM_TOKEN, or else whoever is logged in, or else, on
 * this machine, the guest. The variable holds a token of Backstage's
 * `backend.auth.externalAccess` or of a user.
 *
 * @throws {InputError} when the URL is none
 */
export function portalCredentials(
  options: PortalCredentialsOptions,
): PortalCredentials {
  const { environment = process.env, clock = () => new Date() } = options;
  const { sessions = new PortalSessions() } = options;
  const fixed = environment.ML_PLATFORM_TOKEN;
  if (fixed) {
    return { token: async () => fixed };
  }
  const server = new PortalServer({ url: options.url, environment });
  const session = new SessionCredentials({ server, sessions, clock });
  const guest = isLoopback(server.url)
    ? new GuestCredentials({ server, clock })
    : undefined;
  return {
    token: async asked =>
      (await session.token(asked)) ?? (await guest?.token(asked)),
  };
}
