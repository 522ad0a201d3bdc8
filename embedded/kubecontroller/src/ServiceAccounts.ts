import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { KubeClient, Logger } from '@ml-platform/kube';
import {
  type KubeApi,
  apiVersionOf,
  kinds,
  ObjectCache,
  type KubeObject,
} from '@ml-platform/embedded-controller-runtime';

/** Gives every namespace its service account `default`. */
export class ServiceAccounts {
  readonly #api: KubeApi;
  readonly #logger: Logger;
  readonly #namespaces: ObjectCache<KubeObject>;
  readonly #accounts: ObjectCache<KubeObject>;

  constructor(options: {
    readonly api: KubeApi;
    readonly client: KubeClient;
    readonly logger: Logger;
  }) {
    const { client, logger } = options;
    this.#api = options.api;
    this.#logger = logger;
    this.#namespaces = new ObjectCache({
      client,
      resource: kinds.namespaces,
      logger,
      handler: { changed: namespace => this.#ensure(namespace.metadata.name) },
    });
    this.#accounts = new ObjectCache({
      client,
      resource: kinds.serviceAccounts,
      logger,
      handler: {
        removed: ({ metadata }) => this.#ensure(metadata.namespace ?? ''),
      },
    });
  }

  /** Runs until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([
      this.#namespaces.run(signal),
      this.#accounts.run(signal),
    ]);
  }

  #ensure(namespace: string): void {
    const known = this.#namespaces.get(undefined, namespace);
    if (!known || known.metadata.deletionTimestamp) {
      return;
    }
    this.#api
      .create(kinds.serviceAccounts, {
        apiVersion: apiVersionOf(kinds.serviceAccounts),
        kind: kinds.serviceAccounts.kind,
        metadata: { name: 'default', namespace },
      })
      .catch(error => {
        // It is there already, or the namespace is going.
        if (!(
          error instanceof ConflictError || error instanceof NotAllowedError
        )) {
          this.#logger.warn(`Service account of ${namespace}: ${error}`);
        }
      });
  }
}
