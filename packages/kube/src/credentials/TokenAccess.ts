import type { ClusterAccess, SignedIn } from './ClusterAccess';
import type { TokenSource } from './TokenSource';

export interface TokenAccessOptions {
  readonly source: TokenSource;
  /** The settings of a connection with the given token. */
  readonly connect: (token: string) => Promise<SignedIn>;
}

/** Access by bearer tokens that are renewed. */
export class TokenAccess implements ClusterAccess {
  readonly #options: TokenAccessOptions;

  constructor(options: TokenAccessOptions) {
    this.#options = options;
  }

  get remedy(): string {
    return this.#options.source.remedy;
  }

  async signIn(): Promise<SignedIn> {
    const { source, connect } = this.#options;
    return connect(await source.token());
  }

  refused(): boolean {
    return this.#options.source.refused();
  }
}
