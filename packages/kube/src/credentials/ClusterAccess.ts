import type { RequestOptions } from 'node:https';

/** What a request needs to reach a cluster and to be let in. */
export interface SignedIn {
  /** Address of the API server, without a slash at its end. */
  readonly server: string;
  /** TLS settings, and the credentials in `headers`, `auth`, `cert` and `key`. */
  readonly options: RequestOptions;
  /** True where the agent in `options` leads through a proxy. */
  readonly viaProxy: boolean;
}

/** Lets the requests of one client in to one cluster, with what is good now. */
export interface ClusterAccess {
  /**
   * What the next request needs.
   *
   * @throws {AuthenticationError} or {ServiceUnavailableError} with the cause, when
   * the credentials can't be had
   */
  signIn(): Promise<SignedIn>;
  /**
   * Says that the cluster did not accept what {@link signIn} gave.
   * @returns true when another try may have others
   */
  refused(): boolean;
  /** What to do when the cluster does not accept the credentials. */
  readonly remedy: string;
}
