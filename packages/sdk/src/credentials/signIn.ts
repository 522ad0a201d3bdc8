import type { RequestOptions } from 'node:https';
import {
  AuthenticationError,
  CustomErrorBase,
  InputError,
  isError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { ClusterAccess } from './ClusterAccess';

/** What a request needs to be let in. */
export interface SignedIn {
  /** Address of the API server. */
  readonly server: string;
  readonly options: RequestOptions;
  /** True where the library's own agent leads through a proxy. */
  readonly viaProxy: boolean;
}

/** The credentials did not come before the request was given up. */
export class SignInAbortedError extends CustomErrorBase {
  name = 'SignInAbortedError' as const;
}

/**
 * Has the credentials for one request. They may come from a command or a server
 * that hangs, so that this ends with the request's own time.
 *
 * @throws SignInAbortedError when the signal aborts; AuthenticationError,
 * ServiceUnavailableError or InputError with the cause
 */
export async function signIn(
  access: ClusterAccess,
  signal: AbortSignal,
): Promise<SignedIn> {
  const over = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const abort = () =>
      reject(new SignInAbortedError('The credentials did not come in time'));
    if (signal.aborted) {
      abort();
    }
    signal.addEventListener('abort', abort, { signal: over.signal });
  });
  try {
    return await Promise.race([read(access), aborted]);
  } finally {
    over.abort();
  }
}

async function read(access: ClusterAccess): Promise<SignedIn> {
  try {
    const kubeConfig = await access.kubeConfig();
    const options: RequestOptions = {};
    await kubeConfig.applyToHTTPSOptions(options);
    const cluster = kubeConfig.getCurrentCluster();
    return {
      server: cluster?.server ?? '',
      options,
      viaProxy: Boolean(cluster?.proxyUrl),
    };
  } catch (error) {
    throw credentialsError(error, access.remedy);
  }
}

function credentialsError(error: unknown, remedy: string): Error {
  if (
    error instanceof AuthenticationError ||
    error instanceof ServiceUnavailableError ||
    error instanceof InputError
  ) {
    return error;
  }
  // A parser's message quotes what it parsed: that may be the credentials.
  const cause =
    isError(error) && error.name !== 'SyntaxError'
      ? error.message.trim().slice(0, 300)
      : 'what gives them answered with no JSON';
  return new AuthenticationError(
    `The credentials can't be had (${cause}); ${remedy}`,
  );
}
