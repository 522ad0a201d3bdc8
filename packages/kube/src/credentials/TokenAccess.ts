import type { KubeConfig, User } from '@kubernetes/client-node';
import type { ClusterAccess } from './ClusterAccess';
import type { TokenSource } from './TokenSource';

export interface TokenAccessOptions {
  readonly source: TokenSource;
  readonly create: (user: User) => KubeConfig;
}

/** Access by bearer tokens that are renewed. */
export class TokenAccess implements ClusterAccess {
  readonly #options: TokenAccessOptions;

  /**
   * @param create - the configuration with the given user
   */
  constructor(options: TokenAccessOptions) {
    this.#options = options;
  }

  get remedy(): string {
    return this.#options.source.remedy;
  }

  async kubeConfig(): Promise<KubeConfig> {
    const token = await this.#options.source.token();
    return this.#options.create({ name: 'user', token });
  }

  refused(): boolean {
    return this.#options.source.refused();
  }
}
