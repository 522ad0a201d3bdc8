import { z } from 'zod';
import type { CallOptions } from '../../platform/Platform';
import type { PortalCredentials } from '../PortalCredentials';
import type { PortalServer } from '../PortalServer';
import { authUrl } from './authRequests';
import { isFresh } from './readToken';

const guestSchema = z.object({
  backstageIdentity: z.object({ token: z.string() }),
});

/** True for a portal on this machine. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** The token of the portal's guest, whom a portal for development lets in. */
export class GuestCredentials implements PortalCredentials {
  readonly #server: PortalServer;
  readonly #clock: () => Date;
  #token: string | undefined;

  constructor(options: {
    readonly server: PortalServer;
    readonly clock: () => Date;
  }) {
    this.#server = options.server;
    this.#clock = options.clock;
  }

  async token(
    options: CallOptions & { readonly refused?: string } = {},
  ): Promise<string | undefined> {
    const { refused, signal } = options;
    const known = this.#token;
    if (known && known !== refused && isFresh(known, this.#clock())) {
      return known;
    }
    const answer = await this.#server.ask(
      new Request(authUrl(this.#server, '/guest/refresh'), {
        method: 'POST',
        signal,
      }),
    );
    const guest = guestSchema.safeParse(
      await answer.json().catch(() => undefined),
    );
    this.#token = guest.data?.backstageIdentity.token;
    return this.#token;
  }
}
