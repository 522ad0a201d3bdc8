import type { KubeConfig } from '@kubernetes/client-node';

/** Lets the requests of one client in to one cluster, with what is good now. */
export interface ClusterAccess {
  /**
   * The client library's configuration for the next request.
   *
   * @throws {AuthenticationError} or {ServiceUnavailableError} with the cause, when
   * the credentials can't be had
   */
  kubeConfig(): Promise<KubeConfig>;
  /**
   * Says that the cluster did not accept what {@link kubeConfig} gave.
   * @returns true when another try may have others
   */
  refused(): boolean;
  /** What to do when the cluster does not accept the credentials. */
  readonly remedy: string;
}

/** Access by a configuration that stays as it is. */
export function fixedAccess(
  kubeConfig: KubeConfig,
  remedy = 'renew them in the configuration',
): ClusterAccess {
  return {
    remedy,
    kubeConfig: async () => kubeConfig,
    refused: () => false,
  };
}
