import { aborted } from 'node:util';
import { findCredential, type RegistryCredential } from './findCredential';

/**
 * Who access tokens of Google are of, for registries.
 *
 * Source: Artifact Registry, "Set up authentication for Docker".
 */
const GOOGLE_USER = 'oauth2accesstoken';

/** True for registries of Google Cloud. */
export function isGoogleRegistry(registry: string): boolean {
  return /(^|\.)(pkg\.dev|gcr\.io)$/.test(registry);
}

/** Credentials of registries: looked for once by all who need them, until they're refused. */
export class RegistryCredentials {
  readonly #env: NodeJS.ProcessEnv;
  readonly #googleToken: (() => Promise<string>) | undefined;
  readonly #known = new Map<string, Promise<RegistryCredential | undefined>>();

  constructor(options: {
    readonly env: NodeJS.ProcessEnv;
    /** Tokens for registries of Google Cloud that nobody has signed in to. */
    readonly googleToken?: () => Promise<string>;
  }) {
    this.#env = options.env;
    this.#googleToken = options.googleToken;
  }

  /**
   * The credentials of a registry; `undefined` where there are none.
   *
   * @param options.refused - what the registry doesn't take any more, so that others are
   * looked for
   * @throws {InputError} when a file is wrong or names a program that there is not
   * @throws {NotAllowedError} when a credential helper fails
   */
  async of(
    registry: string,
    options: {
      readonly refused?: RegistryCredential;
      readonly signal?: AbortSignal;
    },
  ): Promise<RegistryCredential | undefined> {
    const { refused, signal } = options;
    const known = this.#known.get(registry);
    // Whoever looked for them hears why they weren't found; the next one looks again.
    const kept = await unlessAborted(
      known?.catch(() => undefined),
      signal,
    );
    if (kept && kept !== refused) {
      return kept;
    }
    if (this.#known.get(registry) === known) {
      this.#known.set(registry, this.#find(registry));
    }
    return unlessAborted(this.#known.get(registry), signal);
  }

  /** Without the signal of a caller, because others wait for it, too. */
  async #find(registry: string): Promise<RegistryCredential | undefined> {
    const found = await findCredential(registry, this.#env);
    return !found && this.#googleToken && isGoogleRegistry(registry)
      ? { username: GOOGLE_USER, password: await this.#googleToken() }
      : found;
  }
}

/** Waits for what is shared, for as long as one caller wants to. */
async function unlessAborted<T>(
  shared: Promise<T> | undefined,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  if (!shared || !signal) {
    return shared;
  }
  return Promise.race([
    shared,
    aborted(signal, shared).then(() => {
      throw signal.reason;
    }),
  ]);
}
