import {
  AuthenticationError,
  ConflictError,
  CustomErrorBase,
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';

/** A resourceVersion or a page is too old: list again (HTTP 410). */
export class ResourceExpiredError extends CustomErrorBase {
  name = 'ResourceExpiredError' as const;
}

/**
 * The client was closed: its cluster is gone, or another client has taken over.
 * Unlike a cluster that can't be reached, it does not come back.
 */
export class ClientClosedError extends CustomErrorBase {
  name = 'ClientClosedError' as const;
}

/** The API server refuses with a code that has no error of its own. */
export class KubernetesError extends CustomErrorBase {
  name = 'KubernetesError' as const;
  readonly statusCode: number;

  constructor(message: string, statusCode: number) {
    super(message);
    this.statusCode = statusCode;
  }
}

function statusText(statusCode: number, body: string): string {
  try {
    const status: unknown = JSON.parse(body);
    if (
      typeof status === 'object' &&
      status !== null &&
      'message' in status &&
      typeof status.message === 'string' &&
      status.message
    ) {
      return status.message;
    }
  } catch {
    // Proxies answer in HTML or plain text.
  }
  const text = body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text.slice(0, 300) || `HTTP ${statusCode}`;
}

/**
 * The error that an API server's answer stands for, with the message of its
 * `Status` object.
 *
 * @param remedy - what to do when the credentials are not accepted
 */
export function responseError(
  statusCode: number,
  body: string,
  remedy?: string,
): Error {
  const message = statusText(statusCode, body);
  switch (statusCode) {
    case 400:
    case 422:
      return new InputError(message);
    case 401:
      return new AuthenticationError(
        `The cluster does not accept the credentials (${message})${
          remedy ? `; ${remedy}` : ''
        }`,
      );
    case 403:
      return new NotAllowedError(message);
    case 404:
      return new NotFoundError(message);
    case 409:
      return new ConflictError(message);
    case 410:
      return new ResourceExpiredError(message);
    case 429:
    case 502:
    case 503:
    case 504:
      return new ServiceUnavailableError(message);
    default:
      return new KubernetesError(message, statusCode);
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses connections; is it running?',
  ENOTFOUND: 'has a name that does not resolve',
  EAI_AGAIN: 'has a name that does not resolve now',
  ECONNRESET: 'closed the connection',
  EPIPE: 'closed the connection',
  ETIMEDOUT: 'does not answer',
  EHOSTUNREACH: 'is not reachable from here',
  ENETUNREACH: 'is not reachable from here',
  SELF_SIGNED_CERT_IN_CHAIN:
    'has a certificate of an unknown authority; set caData',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'has a certificate of an unknown authority; set caData',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'has a certificate of an unknown authority; set caData',
  CERT_HAS_EXPIRED: 'has a certificate that has expired',
};

/** A failed connection as a sentence with the cause. */
export function connectionError(host: string, error: unknown): Error {
  const code = isError(error) && 'code' in error ? String(error.code) : '';
  const cause = CAUSES[code];
  const detail = isError(error) ? error.message : String(error);
  return new ServiceUnavailableError(
    cause ? `${host} ${cause}` : `Couldn't reach ${host}: ${detail}`,
  );
}
