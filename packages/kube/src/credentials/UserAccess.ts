import type { KubeConfig } from '@kubernetes/client-node';
import type { Environment } from '../Environment';
import type { ClusterAccess, SignedIn } from './ClusterAccess';
import { createKubeConfig } from './createKubeConfig';
import { connect, pem, type Identity } from './connect';
import type { ClusterEntry, UserEntry } from './entries';
import { ExecPlugin } from './ExecPlugin';
import { FileToken } from './FileToken';
import { readKubeConfig } from './kubeConfigAccess';

export interface UserAccessOptions {
  readonly cluster: ClusterEntry;
  readonly user: UserEntry;
  /** As of {@link ClusterAccess.remedy}. */
  readonly remedy: string;
  /** Environment of commands that give credentials; default `process.env`. */
  readonly env?: Environment;
  /** Lets those commands use this process's terminal. */
  readonly terminal?: boolean;
  /** Variables that name proxies; none are used where absent. */
  readonly proxies?: Environment;
}

/** Access by what a user of a kubeconfig has, for as long as that is good. */
export class UserAccess implements ClusterAccess {
  readonly remedy: string;
  readonly #options: UserAccessOptions;
  readonly #plugin: ExecPlugin | undefined;
  #kubeConfig: KubeConfig | undefined;

  constructor(options: UserAccessOptions) {
    const { cluster, user, env = process.env, terminal = false } = options;
    this.remedy = options.remedy;
    this.#options = options;
    this.#plugin =
      user.exec && new ExecPlugin({ exec: user.exec, cluster, env, terminal });
  }

  async signIn(): Promise<SignedIn> {
    const { cluster, user, proxies } = this.#options;
    const headers = user.impersonation;
    if (user.authProvider) {
      this.#kubeConfig ??= createKubeConfig(cluster, user);
      const { options, ...where } = await readKubeConfig(this.#kubeConfig);
      const merged = { ...headers, ...options.headers };
      return { ...where, options: { ...options, headers: merged } };
    }
    const identity = await this.#identity();
    return connect(cluster, { ...identity, headers }, proxies);
  }

  refused(): boolean {
    return false;
  }

  /** In kubectl's order: a token wins over a password, and both over a command. */
  async #identity(): Promise<Identity> {
    const { user } = this.#options;
    const certificate = {
      cert: await pem(user.certData, user.certFile),
      key: await pem(user.keyData, user.keyFile),
    };
    if (user.tokenFile) {
      const token = await new FileToken(user.tokenFile).token();
      return { ...certificate, token };
    }
    if (user.token) {
      return { ...certificate, token: user.token };
    }
    if (user.username) {
      const auth = `${user.username}:${user.password ?? ''}`;
      return { ...certificate, auth };
    }
    const given = await this.#plugin?.identity();
    return {
      token: given?.token,
      cert: given?.cert ?? certificate.cert,
      key: given?.key ?? certificate.key,
    };
  }
}
