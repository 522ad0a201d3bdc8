import type { KubeClient, Logger } from '@ml-platform/kube';
import {
  kinds,
  ObjectCache,
  type EndpointSlice,
  type Service,
} from '@ml-platform/embedded-controller-runtime';
import type { ServiceLookup, ServiceRef } from './serviceNames';

/** Label of an EndpointSlice with the name of its service. */
const SERVICE_LABEL = 'kubernetes.io/service-name';

/** The services of the cluster and where their pods listen, kept by watches. */
export class Services implements ServiceLookup {
  readonly #services: ObjectCache<Service>;
  readonly #slices: ObjectCache<EndpointSlice>;

  constructor(options: {
    readonly client: KubeClient;
    readonly logger: Logger;
    /** Called when a service or its pods may have changed. */
    readonly onChange: () => void;
  }) {
    const { client, logger, onChange } = options;
    const handler = { changed: onChange, removed: onChange };
    this.#services = new ObjectCache<Service>({
      client,
      resource: kinds.services,
      logger,
      handler,
    });
    this.#slices = new ObjectCache<EndpointSlice>({
      client,
      resource: kinds.endpointSlices,
      logger,
      handler,
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#services.run(signal), this.#slices.run(signal)]);
  }

  async synced(): Promise<void> {
    await Promise.all([this.#services.synced(), this.#slices.synced()]);
  }

  has(namespace: string, service: string): boolean {
    return this.#services.get(namespace, service) !== undefined;
  }

  localPort(ref: Required<ServiceRef>): number | undefined {
    const service = this.#services.get(ref.namespace, ref.service);
    const port = service?.spec?.ports?.find(each => each.port === ref.port);
    if (!service || !port) {
      return undefined;
    }
    const slices = this.#slices.list(
      slice =>
        slice.metadata.namespace === ref.namespace &&
        slice.metadata.labels?.[SERVICE_LABEL] === ref.service &&
        (slice.endpoints ?? []).some(
          ({ conditions }) => conditions?.ready !== false,
        ),
    );
    for (const slice of slices) {
      const match = slice.ports?.find(
        each => (each.name ?? '') === (port.name ?? ''),
      );
      if (match?.port) {
        return match.port;
      }
    }
    return undefined;
  }
}
