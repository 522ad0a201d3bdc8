import { ServiceUnavailableError } from '@backstage/errors';
import type { KubeClient, KubeObject } from '@ml-platform/kube';
import {
  jobEvent,
  type JobSummary,
  type KubernetesEvent,
} from '@ml-platform/rayjob';
import type { RunEvent } from '../history/RunEvents';
import { Gathered } from '../util/Gathered';
import type { Collection } from './watchCollection';

/** What jobs consist of; the names of these can be tied to a run. */
const KINDS: ReadonlySet<string> = new Set([
  'Job',
  'Pod',
  'RayCluster',
  'RayJob',
]);

/** Milliseconds between two looks for the runs of events, and how many there are. */
const AGAIN = 500;
const TRIES = 240;
/** Events that wait for their run at most; those that came first are let go. */
const MOST = 10_000;

/** What an event is about. */
export interface EventObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
}

export interface JobEventFeedOptions {
  /** The runs that an object belongs to, once they are known. */
  readonly runsOf: (object: EventObject) => readonly JobSummary[];
  readonly onEvent: (run: JobSummary, event: RunEvent) => void;
}

interface Unplaced {
  readonly object: EventObject;
  readonly event: RunEvent;
  readonly tries: number;
}

/**
 * The events of one cluster, each for the run that it belongs to. An event may come before
 * the watches tell of its pod or job; it waits for some minutes then.
 */
export class JobEventFeed {
  readonly #options: JobEventFeedOptions;
  readonly #unplaced = new Map<string, Unplaced>();
  /** By the paths of lists that aren't known yet: what keeps them. */
  readonly #unlisted = new Map<string, string>();
  readonly #again = new Gathered(AGAIN, () => this.#placeAll());

  constructor(options: JobEventFeedOptions) {
    this.#options = options;
  }

  /** @throws {ServiceUnavailableError} where the events may not all be known, and why */
  requireListed(): void {
    const [problem] = this.#unlisted.values();
    if (problem) {
      throw new ServiceUnavailableError(problem);
    }
  }

  /** The events of a path, to be watched. They stay when Kubernetes forgets them. */
  collection(
    kube: KubeClient,
    path: string,
  ): Collection<KubernetesEvent & KubeObject> {
    const unlisted = this.#unlisted;
    unlisted.set(path, 'The events are being read');
    return {
      kube,
      path,
      upsert: (_key, event) => this.put(event),
      remove: () => {},
      listed: () => unlisted.delete(path),
      failed(error) {
        if (unlisted.has(path)) {
          unlisted.set(path, `The events can't be read: ${error}`);
        }
      },
    };
  }

  put(told: KubernetesEvent & KubeObject): void {
    const { kind = '', name = '', uid } = told.involvedObject ?? {};
    const { namespace = '', name: ownName } = told.metadata;
    if (KINDS.has(kind)) {
      const key = told.metadata.uid ?? `${namespace}/${ownName}`;
      this.#place({
        object: { kind, namespace, name, uid },
        event: { key, event: jobEvent(told) },
        tries: 0,
      });
    }
  }

  #place(one: Unplaced): void {
    const { key } = one.event;
    const runs = this.#options.runsOf(one.object);
    this.#unplaced.delete(key);
    if (runs.length > 0) {
      runs.forEach(run => this.#options.onEvent(run, one.event));
    } else if (one.tries < TRIES) {
      this.#unplaced.set(key, { ...one, tries: one.tries + 1 });
      if (this.#unplaced.size > MOST) {
        const [first] = this.#unplaced.keys();
        this.#unplaced.delete(first);
      }
      this.#again.add('');
    }
  }

  #placeAll(): void {
    [...this.#unplaced.values()].forEach(one => this.#place(one));
  }
}
