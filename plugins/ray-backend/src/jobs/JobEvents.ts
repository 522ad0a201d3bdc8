import {
  jobEvent,
  type JobEvent,
  type KubernetesEvent,
} from '@ml-platform/rayjob';
import { EVENTS, readList, resourcePath } from '@ml-platform/kube';
import { LRUCache } from 'lru-cache';
import type { Clusters } from '../clusters/Clusters';

/** Milliseconds for which an answer serves all who ask. */
const FRESH = 2_000;
/** Times as long as a reading took, before the next: a long list is a load. */
const REST = 10;
/** Namespaces, and events of all of them, that are held. */
const MAX_NAMESPACES = 100;
const MAX_EVENTS = 100_000;
const PAGE = 500;

type EventsByName = ReadonlyMap<string, readonly JobEvent[]>;

/** A namespace of a cluster. */
interface Place {
  readonly cluster: string;
  readonly namespace: string;
}

/**
 * The events of a namespace, read once for all who look at its jobs: the API
 * server finds the events of one object by reading all of them.
 */
export class JobEvents {
  readonly #clusters: Pick<Clusters, 'client'>;
  readonly #cache: LRUCache<string, EventsByName, Place>;

  constructor(options: {
    readonly clusters: Pick<Clusters, 'client'>;
    /** Milliseconds of a clock that only runs on. */
    readonly now?: () => number;
  }) {
    const { now = () => performance.now() } = options;
    this.#clusters = options.clusters;
    this.#cache = new LRUCache<string, EventsByName, Place>({
      perf: { now },
      // Its own timer would hold on to the time for a moment.
      ttlResolution: 0,
      max: MAX_NAMESPACES,
      maxSize: MAX_EVENTS,
      sizeCalculation: events =>
        [...events.values()].reduce((sum, { length }) => sum + length, 1),
      fetchMethod: async (
        _key,
        _stale,
        { options: entry, context, signal },
      ) => {
        const begun = now();
        const events = await this.#read(context, signal);
        entry.ttl = Math.max(FRESH, REST * (now() - begun));
        return events;
      },
    });
  }

  /**
   * Events of the named objects, oldest first.
   * @throws as of `KubeClient.json`
   */
  async of(
    place: Place,
    names: Iterable<string>,
  ): Promise<readonly JobEvent[]> {
    const { cluster, namespace } = place;
    const events = await this.#cache.fetch(`${cluster}/${namespace}`, {
      context: { cluster, namespace },
    });
    return [...new Set(names)]
      .flatMap(name => events?.get(name) ?? [])
      .sort((a, b) => a.lastSeen.localeCompare(b.lastSeen));
  }

  async #read(
    { cluster, namespace }: Place,
    signal: AbortSignal,
  ): Promise<EventsByName> {
    const events = new Map<string, JobEvent[]>();
    await readList<KubernetesEvent>({
      client: this.#clusters.client(cluster),
      path: resourcePath(EVENTS, namespace),
      query: {},
      pageSize: PAGE,
      signal,
      onItem: item => {
        const event = jobEvent(item);
        const own = events.get(event.object.name) ?? [];
        own.push(event);
        events.set(event.object.name, own);
      },
      onRestart: () => events.clear(),
    });
    return events;
  }
}
