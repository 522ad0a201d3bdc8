import { isError, ServiceUnavailableError } from '@backstage/errors';
import type { AuthClient } from 'google-auth-library';
import { googleAuth } from '../libraries';
import { googleError } from './googleError';
import type { TokenSource } from './TokenSource';

/** Of a cluster: GKE maps it to what IAM and RBAC allow. */
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** Milliseconds in which there has to be a token. */
const TIMEOUT = 10_000;
/** Milliseconds that a token is kept at least, though it is refused. */
const KEEP = 10_000;

/** The library's words when there is neither a file nor a metadata server. */
const NOTHING_FOUND = /Could not load the default credentials/;

export interface GoogleTokenOptions {
  /** JSON text of a service account's key; the application-default ones where absent. */
  readonly credentials?: string;
  readonly timeoutMs?: number;
  readonly clock?: () => Date;
}

/**
 * Access tokens of a Google identity. The library renews a token five minutes
 * before it expires; all requests share it, and one renewal at a time. After a
 * failure the credentials themselves are read again, so that a renewed file is
 * taken up without a restart.
 */
export class GoogleToken implements TokenSource {
  readonly remedy =
    'check that the Google identity of the backend still exists and is enabled, or renew its credentials';
  #client:
    { readonly auth: AuthClient; readonly metadata: boolean } | undefined;
  #pending: Promise<string> | undefined;
  #last = '';
  #since = 0;

  readonly #options: GoogleTokenOptions;

  constructor(options: GoogleTokenOptions = {}) {
    this.#options = options;
  }

  async token(): Promise<string> {
    this.#pending ??= this.#renew().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  refused(): boolean {
    if (!this.#client || this.#now() - this.#since < KEEP) {
      return false;
    }
    this.#client = undefined;
    return true;
  }

  async #renew(): Promise<string> {
    const { timeoutMs = TIMEOUT } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new ServiceUnavailableError(
              `There was no Google token within ${timeoutMs / 1000} s; check that the metadata server or oauth2.googleapis.com can be reached from the backend`,
            ),
          ),
        timeoutMs,
      );
    });
    try {
      const token = await Promise.race([this.#fetch(), late]);
      if (token !== this.#last) {
        this.#last = token;
        this.#since = this.#now();
      }
      return token;
    } catch (error) {
      this.#client = undefined;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async #fetch(): Promise<string> {
    let metadata = false;
    try {
      this.#client ??= await openClient(this.#options.credentials);
      metadata = this.#client.metadata;
      const { token } = await this.#client.auth.getAccessToken();
      if (!token) {
        throw new Error('an empty answer');
      }
      return token;
    } catch (error) {
      throw googleError(error, metadata);
    }
  }

  #now(): number {
    return (this.#options.clock?.() ?? new Date()).getTime();
  }
}

async function openClient(credentials: string | undefined) {
  if (credentials) {
    return { auth: ofKey(JSON.parse(credentials)), metadata: false };
  }
  const { Compute, GoogleAuth } = googleAuth();
  try {
    const auth = await new GoogleAuth({ scopes: SCOPE }).getClient();
    return { auth, metadata: auth instanceof Compute };
  } catch (error) {
    // The library looks for a metadata server once in the life of a process. It
    // may be there later: it is on GKE a moment after the pod's start.
    if (isError(error) && NOTHING_FOUND.test(error.message)) {
      return { auth: new Compute({ scopes: SCOPE }), metadata: true };
    }
    throw error;
  }
}

/** The account of a key file; other kinds of files can make this machine run things. */
function ofKey(file: {
  readonly client_email?: unknown;
  readonly private_key?: unknown;
}): AuthClient {
  const { client_email: email, private_key: key } = file;
  if (typeof email !== 'string' || typeof key !== 'string') {
    throw new Error(
      'they are no key of a service account, which has client_email and private_key',
    );
  }
  const { JWT } = googleAuth();
  return new JWT({ email, key, scopes: [SCOPE] });
}
