import type { ClusterAccess, SignedIn } from '../credentials/ClusterAccess';
import { UserAccess } from '../credentials/UserAccess';
import type { Environment } from '../Environment';
import { chooseContext } from './chooseContext';
import type { Kubeconfig } from './Kubeconfig';
import type { KubeconfigFiles } from './KubeconfigFiles';

export interface KubeconfigAccessOptions {
  readonly files: KubeconfigFiles;
  /** The files' current context where absent. */
  readonly context?: string;
  /** Environment of commands that give credentials; default `process.env`. */
  readonly env?: Environment;
  /** Lets those commands use this process's terminal. */
  readonly terminal?: boolean;
  /** Variables that name proxies; none are used where absent. */
  readonly proxies?: Environment;
}

/**
 * Access by a context of kubeconfig files. They are read again when they have
 * changed, and what they gave is dropped when the cluster refused it: whatever
 * renews them, as `gcloud container clusters get-credentials`, needs no restart.
 */
export class KubeconfigAccess implements ClusterAccess {
  readonly remedy: string;
  #chosen:
    { readonly config: Kubeconfig; readonly access: UserAccess } | undefined;

  readonly #options: KubeconfigAccessOptions;

  constructor(options: KubeconfigAccessOptions) {
    this.#options = options;

    this.remedy = `renew the credentials in ${options.files.names}`;
  }

  async signIn(): Promise<SignedIn> {
    const { files, context, ...how } = this.#options;
    const config = await files.read();
    if (this.#chosen?.config !== config) {
      const { cluster, user } = chooseContext(config, files.names, context);
      const access = new UserAccess({
        ...how,
        cluster,
        user,
        remedy: this.remedy,
      });
      this.#chosen = { config, access };
    }
    return this.#chosen.access.signIn();
  }

  refused(): boolean {
    // Plugins keep what they gave until it expires; a new one asks anew.
    this.#chosen = undefined;
    return true;
  }
}
