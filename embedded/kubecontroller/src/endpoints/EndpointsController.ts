import { ConflictError } from '@backstage/errors';
import type { KubeClient, Logger } from '@ml-platform/kube';
import {
  WorkQueue,
  type KubeApi,
  kinds,
  ObjectCache,
  type EndpointSlice,
  type Service,
  type Pod,
} from '@ml-platform/embedded-controller-runtime';
import { type EndpointGroup, endpointGroups } from './endpointGroups';
import {
  newEndpoints,
  newSlice,
  SERVICE_LABEL,
  sliceContent,
} from './endpointObjects';

/** Tells where services are: EndpointSlices, and Endpoints of the older form. */
export class EndpointsController {
  readonly #api: KubeApi;
  readonly #services: ObjectCache<Service>;
  readonly #pods: ObjectCache<Pod>;
  readonly #queue: WorkQueue;
  /** What was last written for a service, so that nothing is written twice. */
  readonly #written = new Map<string, string>();

  constructor(options: {
    readonly api: KubeApi;
    readonly client: KubeClient;
    readonly logger: Logger;
  }) {
    const { client, logger } = options;
    this.#api = options.api;
    this.#queue = new WorkQueue({
      handle: async key => {
        await this.#reconcile(key);
        return {};
      },
      onError: (key, error) =>
        logger.debug(`Endpoints of ${key}: will retry: ${error}`),
    });
    this.#services = new ObjectCache<Service>({
      client,
      resource: kinds.services,
      logger,
      handler: {
        changed: service => this.#queue.add(keyOf(service)),
        // The garbage collector removes what the service owned.
        removed: service => this.#written.delete(keyOf(service)),
      },
    });
    const podChanged = (pod: Pod) => {
      for (const service of this.#services.list(
        each => each.metadata.namespace === pod.metadata.namespace,
      )) {
        this.#queue.add(keyOf(service));
      }
    };
    this.#pods = new ObjectCache<Pod>({
      client,
      resource: kinds.pods,
      logger,
      handler: { changed: podChanged, removed: podChanged },
    });
  }

  /** Runs until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    const watching = Promise.all([
      this.#services.run(signal),
      this.#pods.run(signal),
    ]);
    await Promise.race([
      Promise.all([this.#services.synced(), this.#pods.synced()]),
      watching,
    ]);
    this.#queue.start();
    await watching;
    await this.#queue.stop();
  }

  async #reconcile(key: string): Promise<void> {
    const [namespace, name] = key.split('/');
    const service = this.#services.get(namespace, name);
    if (!service?.spec?.selector || service.metadata.deletionTimestamp) {
      return;
    }
    const groups = endpointGroups(
      service,
      this.#pods.list(pod => pod.metadata.namespace === namespace),
    );
    const content = JSON.stringify([
      service.metadata.uid,
      service.metadata.labels,
      groups.map(sliceContent),
    ]);
    if (this.#written.get(key) !== content) {
      await this.#writeSlices(service, groups);
      await this.#writeEndpoints(service, groups);
      this.#written.set(key, content);
    }
  }

  async #writeSlices(
    service: Service,
    groups: readonly EndpointGroup[],
  ): Promise<void> {
    const { namespace, name, uid } = service.metadata;
    const existing = (
      await this.#api.list<EndpointSlice>(kinds.endpointSlices, {
        namespace,
        labelSelector: `${SERVICE_LABEL}=${name}`,
      })
    ).filter(({ metadata }) =>
      metadata.ownerReferences?.some(owner => owner.uid === uid),
    );
    for (const [index, group] of groups.entries()) {
      const slice = existing[index];
      if (slice) {
        await this.#api.patch(
          kinds.endpointSlices,
          { namespace, name: slice.metadata.name },
          sliceContent(group),
        );
      } else {
        await this.#api.create(kinds.endpointSlices, newSlice(service, group));
      }
    }
    for (const slice of existing.slice(groups.length)) {
      await this.#api.remove(kinds.endpointSlices, slice);
    }
  }

  async #writeEndpoints(
    service: Service,
    groups: readonly EndpointGroup[],
  ): Promise<void> {
    const { namespace, name } = service.metadata;
    const endpoints = newEndpoints(service, groups);
    try {
      await this.#api.create(kinds.endpoints, endpoints);
    } catch (error) {
      if (!(error instanceof ConflictError)) {
        throw error;
      }
      const { subsets, metadata } = endpoints;
      await this.#api.patch(
        kinds.endpoints,
        { namespace, name },
        {
          metadata: {
            labels: metadata.labels,
            ownerReferences: metadata.ownerReferences,
          },
          subsets,
        },
      );
    }
  }
}

function keyOf(service: Service): string {
  return `${service.metadata.namespace}/${service.metadata.name}`;
}
