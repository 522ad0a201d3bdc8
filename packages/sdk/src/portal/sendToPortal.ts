import { ServiceUnavailableError } from '@backstage/errors';
import type { PortalCredentials } from './PortalCredentials';
import { portalError } from './portalError';
import type { PortalServer } from './PortalServer';

/** A portal, and in whose name it is asked. */
export interface PortalCaller {
  readonly server: PortalServer;
  readonly credentials: PortalCredentials;
}

function signed(request: Request, token: string | undefined): Request {
  const copy = request.clone();
  if (token !== undefined) {
    copy.headers.set('authorization', `Bearer ${token}`);
  }
  return copy;
}

/** The error for an answer that can't be the portal's. */
export function notThePortal(url: string): Error {
  return new ServiceUnavailableError(
    `What answers at ${url} isn't the portal's API; check the address of its backend`,
  );
}

/**
 * Sends a request to a portal, and once more where the token was refused.
 *
 * @throws what {@link portalError} makes of a refusal
 * @throws {ServiceUnavailableError} when nothing answers, or not the portal
 */
export async function sendToPortal(
  { server, credentials }: PortalCaller,
  request: Request,
): Promise<Response> {
  const { signal } = request;
  const token = await credentials.token({ signal });
  let response = await server.ask(signed(request, token));
  if (response.status === 401 && token !== undefined) {
    // Nothing was done, so that any method can be tried again.
    const other = await credentials.token({ signal, refused: token });
    if (other !== undefined && other !== token) {
      await response.body?.cancel();
      response = await server.ask(signed(request, other));
    }
  }
  if (!response.ok) {
    throw await portalError(response, server.url);
  }
  // A portal's pages answer any path that they don't know.
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    await response.body?.cancel();
    throw notThePortal(server.url);
  }
  return response;
}
