import { stat } from 'node:fs/promises';
import { AuthenticationError, InputError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import type { ClusterAccess } from './ClusterAccess';

export interface KubeconfigFileOptions {
  readonly file: string;
  readonly context?: string;
}

/**
 * Access by a context of a kubeconfig file. The file is read again when it has
 * changed, and when the cluster refused what it gave: whatever renews it, as
 * `gcloud container clusters get-credentials`, needs no restart of the backend.
 */
export class KubeconfigFile implements ClusterAccess {
  readonly remedy: string;
  #loaded: { readonly config: KubeConfig; readonly stamp: string } | undefined;

  readonly #options: KubeconfigFileOptions;

  constructor(options: KubeconfigFileOptions) {
    this.#options = options;

    this.remedy = `renew the credentials in ${options.file}`;
  }

  async kubeConfig(): Promise<KubeConfig> {
    const stamp = await this.#stamp();
    if (this.#loaded?.stamp !== stamp) {
      this.#loaded = { config: this.#load(), stamp };
    }
    return this.#loaded.config;
  }

  refused(): boolean {
    // Plugins keep what they gave until it expires; a new configuration asks anew.
    this.#loaded = undefined;
    return true;
  }

  async #stamp(): Promise<string> {
    const { file } = this.#options;
    try {
      const { mtimeMs, size, ino } = await stat(file);
      return `${mtimeMs}/${size}/${ino}`;
    } catch (error) {
      throw new AuthenticationError(
        `The kubeconfig can't be read (${
          error instanceof Error ? error.message : String(error)
        }); put it there, or correct the path in the configuration`,
      );
    }
  }

  #load(): KubeConfig {
    const { file, context } = this.#options;
    const config = new KubeConfig();
    try {
      config.loadFromFile(file);
    } catch {
      // What the parser says quotes the lines, and they hold secrets.
      throw new AuthenticationError(
        `${file} is no kubeconfig; see 'kubectl config view --kubeconfig ${file}'`,
      );
    }
    if (context) {
      config.setCurrentContext(context);
    }
    if (!config.getCurrentCluster()) {
      throw new InputError(
        `${file} has no context ${
          context ?? '(no current context)'
        }; see 'kubectl config get-contexts'`,
      );
    }
    return config;
  }
}
