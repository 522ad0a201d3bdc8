import {
  AuthenticationError,
  isError,
  ServiceUnavailableError,
} from '@backstage/errors';

/** What Google's token endpoints say of themselves. */
interface GoogleFailure {
  readonly message?: string;
  /** The request, where there was one. */
  readonly config?: unknown;
  readonly response?: { readonly status?: number; readonly data?: unknown };
}

/** RFC 6749, 5.2, and what the token service and the metadata server add. */
function described(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) {
    return undefined;
  }
  const { error, error_description: description } = data as {
    readonly error?: unknown;
    readonly error_description?: unknown;
  };
  const parts = [error, description].filter(part => typeof part === 'string');
  return parts.length > 0 ? parts.join(': ') : undefined;
}

const RENEW =
  'make a new key, or sign in with `gcloud auth application-default login`, and check that the service account is there and this clock is right';

/**
 * Why there is no Google token, and what to do about it. Takes only the words that
 * are meant for people: the rest of the library's errors holds the request, and
 * with it the credentials.
 */
export function googleError(error: unknown, fromMetadata: boolean): Error {
  if (isError(error) && error.name === 'SyntaxError') {
    // Its message quotes the file.
    return new AuthenticationError(
      'The Google credentials are no valid JSON; download the file again, or correct the configuration',
    );
  }
  const {
    message = '',
    config,
    response,
  }: GoogleFailure = isError(error) ? error : {};
  const status = response?.status;
  const words = (described(response?.data) ?? message).slice(0, 300);
  if (fromMetadata) {
    // Its answers are no JSON, and the library explains them at length.
    const cause = status === undefined ? words : `it answers ${status}`;
    return new ServiceUnavailableError(
      `The metadata server gives no Google token (${cause}); set GOOGLE_APPLICATION_CREDENTIALS outside of Google Cloud, and on GKE bind the pod's service account to a Google one (Workload Identity)`,
    );
  }
  if (status === undefined) {
    // A failed request carries its configuration, a bad file does not.
    return config
      ? new ServiceUnavailableError(
          `Couldn't reach Google's token service (${words}); check the network and the proxy of the backend`,
        )
      : new AuthenticationError(
          `The Google credentials can't be used (${words}); correct GOOGLE_APPLICATION_CREDENTIALS, or the configuration`,
        );
  }
  return status >= 500 || status === 429
    ? new ServiceUnavailableError(
        `Google's token service fails (${words}); it is asked again`,
      )
    : new AuthenticationError(
        `Google does not accept the credentials (${words}); ${RENEW}`,
      );
}
