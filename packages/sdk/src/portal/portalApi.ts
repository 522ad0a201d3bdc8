import { ServiceUnavailableError } from '@backstage/errors';
import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './openapi';
import type { PortalCredentials } from './PortalCredentials';
import { portalError } from './portalError';
import type { PortalServer } from './PortalServer';

/** The calls of the portal's HTTP API. Each rejects where the portal refuses. */
export type PortalApi = Client<paths>;

export interface PortalApiOptions {
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

function notThePortal(url: string): Error {
  return new ServiceUnavailableError(
    `What answers at ${url} isn't the portal's API; check the address of its backend`,
  );
}

async function send(
  { server, credentials }: PortalApiOptions,
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

/** A client of a portal's API, in the name that the credentials give. */
export function createPortalApi(options: PortalApiOptions): PortalApi {
  return createClient<paths>({
    baseUrl: `${options.server.url}/api/ray`,
    fetch: request => send(options, request),
  });
}

/**
 * The body of an answer.
 * @throws {ServiceUnavailableError} when there is none
 */
export async function answerOf<Body>(
  call: Promise<{ readonly data?: Body; readonly response: Response }>,
): Promise<NonNullable<Body>> {
  const { data, response } = await call;
  if (data === undefined || data === null) {
    throw notThePortal(response.url);
  }
  return data;
}
