/** Where a bearer token comes from that is renewed from time to time. */
export interface TokenSource {
  /**
   * A token that is good now.
   * @throws {AuthenticationError} or {ServiceUnavailableError} with the cause
   */
  token(): Promise<string>;
  /**
   * Says that the last token was not accepted.
   * @returns true when another try may have another one
   */
  refused(): boolean;
  /** What to do when the tokens are not accepted. */
  readonly remedy: string;
}
