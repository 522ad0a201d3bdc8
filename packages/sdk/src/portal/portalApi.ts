import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './openapi';
import { notThePortal, sendToPortal, type PortalCaller } from './sendToPortal';

/** The calls of the portal's HTTP API. Each rejects where the portal refuses. */
export type PortalApi = Client<paths>;

/** A client of a portal's API, in the name that the credentials give. */
export function createPortalApi(caller: PortalCaller): PortalApi {
  return createClient<paths>({
    baseUrl: `${caller.server.url}/api/ray`,
    fetch: request => sendToPortal(caller, request),
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
