import { isError, ServiceUnavailableError } from '@backstage/errors';

/**
 * Whether the portal is ready.
 * @throws {ServiceUnavailableError} when it doesn't answer, or isn't ready
 */
export async function portalStatus(
  url: string,
  signal: AbortSignal,
): Promise<{ readonly url: string }> {
  const address = new URL('/.backstage/health/v1/readiness', url);
  const response = await fetch(address, { signal }).catch(error => {
    const cause: unknown = isError(error) ? (error.cause ?? error) : error;
    throw new ServiceUnavailableError(
      `Couldn't reach the portal at ${url}: ${isError(cause) ? cause.message : String(cause)}`,
    );
  });
  if (!response.ok) {
    throw new ServiceUnavailableError(
      `The portal at ${url} is not ready: it answers ${response.status}`,
    );
  }
  return { url };
}
