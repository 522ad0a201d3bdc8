import {
  AuthenticationError,
  ConflictError,
  CustomErrorBase,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';

/** The resource version asked for is too old to be served: list again (HTTP 410). */
export class GoneError extends CustomErrorBase {
  name = 'GoneError' as const;
}

/**
 * The message of a Status, which is how the API server itself says that a
 * request failed; undefined where the body is something else.
 */
export function statusMessage(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null) {
      return undefined;
    }
    const { kind, message }: { kind?: unknown; message?: unknown } = parsed;
    return kind === 'Status' ? String(message ?? '') : undefined;
  } catch {
    return undefined;
  }
}

/** The error of `@backstage/errors` that says what the API server said. */
export function errorFor(
  statusCode: number,
  body: string,
  request: string,
): Error {
  const said = statusMessage(body) ?? body.slice(0, 500);
  const message = `${request}: ${statusCode} ${said}`.trim();
  switch (statusCode) {
    case 400:
    case 422:
      return new InputError(message);
    case 401:
      return new AuthenticationError(message);
    case 403:
      return new NotAllowedError(message);
    case 404:
      return new NotFoundError(message);
    case 409:
      return new ConflictError(message);
    case 410:
      return new GoneError(message);
    default:
      return new ServiceUnavailableError(message);
  }
}

/** What an event may quote of an error: the server's sentence alone. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
