import {
  AuthenticationError,
  CustomErrorBase,
  InputError,
  isError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { ClusterAccess, SignedIn } from './ClusterAccess';

/** The credentials did not come before the request was given up. */
export class SignInAbortedError extends CustomErrorBase {
  name = 'SignInAbortedError' as const;
}

/**
 * Has the credentials for the requests of one client. Those that ask at the same
 * time share one answer: a command that gives them is not run once for each, and
 * one that hangs is not run again.
 */
export class SignIn {
  #pending: Promise<SignedIn> | undefined;

  readonly #access: ClusterAccess;

  constructor(access: ClusterAccess) {
    this.#access = access;
  }

  /** What to do when the cluster does not accept the credentials. */
  get remedy(): string {
    return this.#access.remedy;
  }

  /** As {@link ClusterAccess.refused}. */
  refused(): boolean {
    this.#pending = undefined;
    return this.#access.refused();
  }

  /**
   * What a request needs. It may come from a command or a server that hangs, so
   * that this ends with the request's own time.
   *
   * @throws {SignInAbortedError} when the signal aborts; AuthenticationError,
   * ServiceUnavailableError or InputError with the cause
   */
  async for(signal: AbortSignal): Promise<SignedIn> {
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
      return await Promise.race([this.#shared(), aborted]);
    } finally {
      over.abort();
    }
  }

  #shared(): Promise<SignedIn> {
    if (!this.#pending) {
      const pending = read(this.#access).finally(() => {
        if (this.#pending === pending) {
          this.#pending = undefined;
        }
      });
      this.#pending = pending;
    }
    return this.#pending;
  }
}

async function read(access: ClusterAccess): Promise<SignedIn> {
  try {
    return await access.signIn();
  } catch (error) {
    throw credentialsError(error, access.remedy);
  }
}

/** Characters of a cause that are told: a plugin says at its end what to do. */
const MAX_CAUSE = 1_000;

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
      ? error.message.trim().slice(0, MAX_CAUSE)
      : 'what gives them answered with no JSON';
  return new AuthenticationError(
    `The credentials can't be had (${cause}); ${remedy}`,
  );
}
