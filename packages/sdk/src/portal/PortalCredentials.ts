import type { CallOptions } from '../platform/Platform';

/** How the portal is told who asks. */
export interface PortalCredentials {
  /**
   * The token for a request; `undefined` where none is known.
   *
   * @param options - with `refused`, a token that the portal didn't take
   * @throws {AuthenticationError} when somebody has to log in again
   */
  token(
    options?: CallOptions & { readonly refused?: string },
  ): Promise<string | undefined>;
}
