import { NotFoundError } from '@backstage/errors';
import { LRUCache } from 'lru-cache';
import type { Logger } from '@ml-platform/kube';
import type { EventForm, EventNote } from './eventForms';
import type { KubeApi } from './KubeApi';
import { apiVersionOf, kinds } from './kinds';
import type { KubeObject } from './objects';

interface Remembered {
  readonly name: string;
  /** Microseconds since the epoch. */
  readonly at: number;
  readonly count: number;
}

const REMEMBERED = 2000;
/** Where the events of objects without a namespace are. */
const DEFAULT_NAMESPACE = 'default';

/**
 * Tells what a component did, as events of the object it did it for. A repeated
 * event is counted on the first one.
 */
export class EventRecorder {
  readonly #api: Pick<KubeApi, 'create' | 'patch'>;
  readonly #form: EventForm;
  readonly #logger: Logger;
  readonly #now: () => number;
  readonly #known = new LRUCache<string, Remembered>({ max: REMEMBERED });
  #last = Promise.resolve();
  #lastMicros = 0;

  constructor(options: {
    readonly api: Pick<KubeApi, 'create' | 'patch'>;
    /** How the component writes its events. */
    readonly form: EventForm;
    readonly logger: Logger;
    readonly now?: () => number;
  }) {
    this.#api = options.api;
    this.#form = options.form;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
  }

  /** Returns at once; events are sent in order, and a lost one is only logged. */
  record(object: KubeObject, note: EventNote): void {
    // Never the same time twice: readers put events in order by it.
    this.#lastMicros = Math.max(this.#now() * 1000, this.#lastMicros + 1);
    const at = this.#lastMicros;
    this.#last = this.#last.then(() =>
      this.#send(object, note, at).catch(error =>
        this.#logger.warn(`Event ${note.reason} was not recorded: ${error}`),
      ),
    );
  }

  /** Resolves when all events so far were sent. */
  flush(): Promise<void> {
    return this.#last;
  }

  async #send(object: KubeObject, note: EventNote, at: number): Promise<void> {
    const { namespace = DEFAULT_NAMESPACE } = object.metadata;
    const key = this.#form.key(object, note);
    const known = this.#known.get(key);
    if (known && at - known.at < this.#form.memoryMicros) {
      const count = known.count + 1;
      const repeat = this.#form.repeat(count, at);
      try {
        const { name } = known;
        await this.#api.patch(kinds.events, { namespace, name }, repeat);
        this.#known.set(key, { name, at, count });
        return;
      } catch (error) {
        // The API server forgets events after an hour: tell it anew.
        if (!(error instanceof NotFoundError)) {
          throw error;
        }
      }
    }
    const name = `${object.metadata.name}.${(BigInt(at) * 1000n).toString(16)}`;
    await this.#create(object, note, name, at);
    this.#known.set(key, { name, at, count: 1 });
  }

  async #create(
    object: KubeObject,
    note: EventNote,
    eventName: string,
    at: number,
  ): Promise<void> {
    const { name, namespace, uid, resourceVersion } = object.metadata;
    await this.#api.create(kinds.events, {
      apiVersion: apiVersionOf(kinds.events),
      kind: kinds.events.kind,
      metadata: { name: eventName, namespace: namespace ?? DEFAULT_NAMESPACE },
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
        ...this.#form.first(note, at),
      },
    });
  }
}
