import { NotFoundError } from '@backstage/errors';
import type { Logger } from '@ml-platform/kube';
import type { KubeApi } from './KubeApi';
import { apiVersionOf, kinds } from './kinds';
import type { KubeObject } from './objects';
import { RecentMap } from './RecentMap';
import { formatTime } from './time';

export interface EventNote {
  readonly type: 'Normal' | 'Warning';
  /** CamelCase, as `Pulled`. */
  readonly reason: string;
  readonly message: string;
  /** Part of the object, as `spec.containers{ray-head}`. */
  readonly fieldPath?: string;
}

interface Remembered {
  readonly name: string;
  readonly count: number;
}

const REMEMBERED = 2000;

/**
 * Tells what a component did, as events of the object it did it for: with the
 * `count` and times that kubelet and kube-controller-manager write. A repeated
 * event is counted on the first one.
 */
export class EventRecorder {
  readonly #api: KubeApi;
  readonly #component: string;
  readonly #host: string | undefined;
  readonly #logger: Logger;
  readonly #now: () => number;
  readonly #known = new RecentMap<string, Remembered>(REMEMBERED);
  #last = Promise.resolve();
  #sequence = 0;

  constructor(options: {
    readonly api: KubeApi;
    /** As `kubelet` or `job-controller`. */
    readonly component: string;
    /** The node, for components of a node. */
    readonly host?: string;
    readonly logger: Logger;
    readonly now?: () => number;
  }) {
    this.#api = options.api;
    this.#component = options.component;
    this.#host = options.host;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
  }

  /** Returns at once; events are sent in order, and a lost one is only logged. */
  record(object: KubeObject, note: EventNote): void {
    const at = this.#now();
    this.#last = this.#last.then(() =>
      this.#send(object, note, at).catch(error =>
        this.#logger.debug(`Event ${note.reason} was not recorded: ${error}`),
      ),
    );
  }

  /** Resolves when all events so far were sent. */
  flush(): Promise<void> {
    return this.#last;
  }

  async #send(object: KubeObject, note: EventNote, at: number): Promise<void> {
    const { uid, namespace } = object.metadata;
    const key = [uid, note.fieldPath, note.type, note.reason, note.message]
      .map(part => part ?? '')
      .join('\n');
    const known = this.#known.get(key);
    if (known) {
      const count = known.count + 1;
      try {
        await this.#api.patch(
          kinds.events,
          { namespace, name: known.name },
          { count, lastTimestamp: formatTime(at) },
        );
        this.#known.set(key, { name: known.name, count });
        return;
      } catch (error) {
        // The API server forgets events after an hour: tell it anew.
        if (!(error instanceof NotFoundError)) {
          throw error;
        }
      }
    }
    const name = await this.#create(object, note, at);
    this.#known.set(key, { name, count: 1 });
  }

  async #create(
    object: KubeObject,
    note: EventNote,
    at: number,
  ): Promise<string> {
    const { name, namespace, uid, resourceVersion } = object.metadata;
    this.#sequence = (this.#sequence + 1) % 1_000_000;
    const stamp = BigInt(at) * 1_000_000n + BigInt(this.#sequence);
    const eventName = `${name}.${stamp.toString(16)}`;
    await this.#api.create(kinds.events, {
      apiVersion: apiVersionOf(kinds.events),
      kind: kinds.events.kind,
      metadata: { name: eventName, namespace: namespace ?? 'default' },
      ...{
        involvedObject: {
          apiVersion: object.apiVersion,
          kind: object.kind,
          namespace,
          name,
          uid,
          resourceVersion,
          fieldPath: note.fieldPath,
        },
        type: note.type,
        reason: note.reason,
        message: note.message.slice(0, 1024),
        source: { component: this.#component, host: this.#host },
        count: 1,
        firstTimestamp: formatTime(at),
        lastTimestamp: formatTime(at),
        eventTime: null,
        reportingComponent: this.#component,
        reportingInstance: this.#host ?? '',
      },
    });
    return eventName;
  }
}
