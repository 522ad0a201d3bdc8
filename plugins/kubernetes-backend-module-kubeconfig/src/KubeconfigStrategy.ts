import { AuthenticationError, toError } from '@backstage/errors';
import type {
  AuthMetadata,
  AuthenticationStrategy,
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import {
  createClusterAccess,
  kubeconfigAuth,
  userCredential,
  type ClusterAccess,
} from '@ml-platform/kube';

/**
 * Takes credentials from a context of a kubeconfig file that the cluster's
 * `authMetadata` names.
 */
export class KubeconfigStrategy implements AuthenticationStrategy {
  readonly #known = new Map<string, ClusterAccess>();
  readonly #pending = new Map<string, Promise<KubernetesCredential>>();

  /**
   * The plugin asks for each of a page's requests at once; they share one answer,
   * as a command may have to give it.
   *
   * @throws {AuthenticationError} when the context has no credential that can be passed on
   */
  async getCredential({
    name,
    authMetadata,
  }: ClusterDetails): Promise<KubernetesCredential> {
    const pending =
      this.#pending.get(name) ??
      this.#read(name, authMetadata).finally(() => this.#pending.delete(name));
    this.#pending.set(name, pending);
    return pending;
  }

  async #read(
    name: string,
    authMetadata: AuthMetadata,
  ): Promise<KubernetesCredential> {
    const signedIn = await this.#access(name, authMetadata).signIn();
    const credential = userCredential(signedIn);
    switch (credential.type) {
      case 'token':
        return { type: 'bearer token', token: credential.token };
      case 'clientCertificate':
        return {
          type: 'x509 client certificate',
          cert: credential.cert,
          key: credential.key,
        };
      default:
        throw new AuthenticationError(
          `Cluster ${name}: the user of its kubeconfig context has neither a token nor a client certificate`,
        );
    }
  }

  validateCluster(authMetadata: AuthMetadata): Error[] {
    try {
      kubeconfigAuth(authMetadata);
      return [];
    } catch (error) {
      return [toError(error)];
    }
  }

  /** Kept for each context, as it keeps the token that the context's command gave. */
  #access(name: string, authMetadata: AuthMetadata): ClusterAccess {
    const auth = kubeconfigAuth(authMetadata);
    const key = JSON.stringify(auth);
    const access = this.#known.get(key) ?? createClusterAccess({ name, auth });
    this.#known.set(key, access);
    return access;
  }

  /** Nothing: where the file is concerns the backend alone. */
  presentAuthMetadata(): AuthMetadata {
    return {};
  }
}
