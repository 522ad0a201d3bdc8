import { createHash, timingSafeEqual } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { unauthorized } from '../errors/statusErrors';
import { ApiToken } from '../options';

/** The user of a request. */
export interface User {
  readonly username: string;
  readonly groups: readonly string[];
}

/**
 * Tells users by their bearer token.
 *
 * @throws {StatusError} when nobody has the token
 */
export class TokenAuthenticator {
  readonly #tokens: readonly { readonly digest: Buffer; readonly user: User }[];

  constructor(options: { readonly tokens: readonly ApiToken[] }) {
    this.#tokens = options.tokens.map(({ token, username, groups }) => ({
      digest: digest(token),
      user: {
        username,
        groups: [...(groups ?? []), 'system:authenticated'],
      },
    }));
  }

  authenticate(request: IncomingMessage): User {
    const match = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '');
    // Digests have one length, which the comparison in constant time needs.
    const given = match && digest(match[1]);
    const known =
      given && this.#tokens.find(one => timingSafeEqual(one.digest, given));
    if (!known) {
      throw unauthorized();
    }
    return known.user;
  }
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
