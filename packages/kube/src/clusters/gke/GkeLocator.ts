import {
  AuthenticationError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { TokenSource } from '../../credentials/TokenSource';
import type { ClusterLocator, LocatedClusters } from '../ClusterLocator';
import type { KnownCluster } from '../KnownCluster';
import { gkeCluster, type GkeCluster, type GkeSettings } from './gkeCluster';

/** Answer of `projects.locations.clusters.list`. */
interface ClusterList {
  readonly clusters?: readonly GkeCluster[];
  /** Zones that could not be asked: their clusters are missing above. */
  readonly missingZones?: readonly string[];
}

export interface GkeLocatorOptions extends GkeSettings {
  /** Region or zone; `-` for all. */
  readonly region: string;
  /** Labels that a cluster has to have, all of them. */
  readonly matchingResourceLabels: readonly {
    readonly key: string;
    readonly value: string;
  }[];
  /** Address of the Container API, without a path. */
  readonly apiEndpoint: string;
  readonly tokens: TokenSource;
}

/** Milliseconds in which the Container API has to answer. */
const TIMEOUT = 15_000;

/** Finds the clusters of a Google Cloud project through the Container API. */
export class GkeLocator implements ClusterLocator {
  readonly name: string;
  readonly title: string;

  readonly #options: GkeLocatorOptions;

  constructor(options: GkeLocatorOptions) {
    this.#options = options;

    const { projectId, region } = options;
    const place = region === '-' ? '' : `/${region}`;
    this.name = `gke:${projectId}${place}`;
    this.title = `GKE clusters of ${projectId}${place}`;
  }

  async locate(signal: AbortSignal): Promise<LocatedClusters> {
    const { matchingResourceLabels } = this.#options;
    const { clusters = [], missingZones = [] } = await this.#list(signal);
    const found = new Map<string, KnownCluster>();
    const twice = new Set<string>();
    for (const cluster of clusters) {
      const matches = matchingResourceLabels.every(
        ({ key, value }) => cluster.resourceLabels?.[key] === value,
      );
      const known = matches ? gkeCluster(cluster, this.#options) : undefined;
      if (known && found.has(known.name)) {
        twice.add(known.name);
      } else if (known) {
        found.set(known.name, known);
      }
    }
    const problems = [
      ...(missingZones.length > 0
        ? [`Google could not ask ${missingZones.join(', ')}; it is asked again`]
        : []),
      ...[...twice].map(
        name =>
          `there is more than one cluster ${name}, and the first is used; set region or matchingResourceLabels`,
      ),
    ];
    return {
      clusters: [...found.values()],
      incomplete: problems.length > 0 ? problems.join('; ') : undefined,
    };
  }

  async #list(signal: AbortSignal): Promise<ClusterList> {
    let response = await this.#ask(signal);
    if (response.status === 401 && this.#options.tokens.refused()) {
      response = await this.#ask(signal);
    }
    if (!response.ok) {
      throw this.#refusal(response.status, await response.text());
    }
    return response.json() as Promise<ClusterList>;
  }

  async #ask(signal: AbortSignal): Promise<Response> {
    const { apiEndpoint, projectId, region, tokens } = this.#options;
    const path = [projectId, region].map(encodeURIComponent);
    const token = await tokens.token();
    try {
      return await fetch(
        `${apiEndpoint}/v1/projects/${path[0]}/locations/${path[1]}/clusters`,
        {
          headers: {
            authorization: `Bearer ${token}`,
            accept: 'application/json',
          },
          signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
        },
      );
    } catch (error) {
      throw new ServiceUnavailableError(
        `Couldn't reach the Container API at ${apiEndpoint} (${cause(error)}); check the network of the backend`,
      );
    }
  }

  #refusal(status: number, body: string): Error {
    const { projectId } = this.#options;
    const message = `${status}: ${errorMessage(body)}`;
    if (status === 401) {
      return new AuthenticationError(
        `The Container API does not accept the credentials (${message}); renew the Google credentials of the backend`,
      );
    }
    if (status === 403 || status === 404) {
      return new NotAllowedError(
        `The clusters of ${projectId} can't be listed (${message}); enable container.googleapis.com there, and grant the Google identity of the backend roles/container.clusterViewer`,
      );
    }
    return new ServiceUnavailableError(
      `The Container API fails (${message}); it is asked again`,
    );
  }
}

function cause(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  // Node's fetch keeps what happened below its own words.
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function errorMessage(body: string): string {
  try {
    const { error } = JSON.parse(body) as {
      readonly error?: { readonly message?: string };
    };
    return (error?.message ?? 'no message').slice(0, 300);
  } catch {
    return 'no JSON';
  }
}
