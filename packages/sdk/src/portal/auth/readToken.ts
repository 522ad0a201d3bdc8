import { InputError } from '@backstage/errors';
import { decodeJwt } from 'jose';

/** What a Backstage user's token says of itself. Only the portal checks its signature. */
export interface TokenClaims {
  /** Entity reference of the user, for example `user:default/ada`. */
  readonly user: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** @throws {InputError} when the text is no token of a user */
export function readToken(token: string): TokenClaims {
  try {
    const { sub, exp } = decodeJwt(token);
    if (sub !== undefined && exp !== undefined) {
      return { user: sub, expiresAt: exp * 1_000 };
    }
  } catch {
    // Its text says nothing that people could use, and may be secret.
  }
  throw new InputError('The portal gave a token that is none of a user');
}

/** Milliseconds before a token expires at which another is asked for. */
const MARGIN = 60_000;

/** True while a token is good for another request. */
export function isFresh(token: string, now: Date): boolean {
  return readToken(token).expiresAt - MARGIN > now.getTime();
}
