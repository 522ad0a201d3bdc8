import { hostname } from 'node:os';
import type { Logger } from '@ml-platform/kube';
import {
  type KubeApi,
  RecentMap,
} from '@ml-platform/embedded-controller-runtime';
import { sentenceOf } from './sentenceOf';
import type { KubeObject } from './objects';
import { resources } from './resources';

export interface EventNote {
  readonly type: 'Normal' | 'Warning';
  /** CamelCase, as `CreatedHeadPod`. */
  readonly reason: string;
  /** What was done, as `Create`. */
  readonly action: string;
  readonly message: string;
}

/** Repeats of one event within this time are counted on it. */
const SERIES_MICROS = 6 * 60_000_000;
const REMEMBERED = 1000;

interface Remembered {
  readonly name: string;
  readonly namespace: string;
  /** Microseconds since the epoch. */
  readonly at: number;
  readonly count: number;
}

/** Tells what the controller did, as events of the object it did it for. */
export class EventRecorder {
  readonly #api: KubeApi;
  readonly #controller: string;
  readonly #logger: Logger;
  readonly #now: () => number;
  readonly #recent = new RecentMap<string, Remembered>(REMEMBERED);
  #lastMicros = 0;
  #last = Promise.resolve();

  constructor(options: {
    readonly api: KubeApi;
    /** As `rayjob-controller`. */
    readonly controller: string;
    readonly logger: Logger;
    readonly now: () => number;
  }) {
    this.#api = options.api;
    this.#controller = options.controller;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /** Returns at once; events are sent in order, and a lost one is only logged. */
  record(object: KubeObject, note: EventNote): void {
    // Never the same time twice: readers put events in order by it.
    this.#lastMicros = Math.max(this.#now() * 1000, this.#lastMicros + 1);
    const at = this.#lastMicros;
    this.#last = this.#last.then(() =>
      this.#send(object, note, at).catch(error =>
        this.#logger.warn(
          `Event ${note.reason} was not recorded: ${sentenceOf(error)}`,
        ),
      ),
    );
  }

  /** Resolves when all events so far were sent. */
  async flush(): Promise<void> {
    await this.#last;
  }

  async #send(object: KubeObject, note: EventNote, at: number): Promise<void> {
    const { namespace, name, uid, resourceVersion } = object.metadata;
    // An object that has changed since makes it another event, as in client-go.
    const key = [
      uid,
      resourceVersion,
      note.reason,
      note.action,
      note.message,
    ].join('\n');
    const known = this.#recent.get(key);
    if (known && at - known.at < SERIES_MICROS) {
      const count = known.count + 1;
      this.#recent.set(key, { ...known, at, count });
      await this.#api.patch(resources.events, known, {
        series: { count, lastObservedTime: formatMicroTime(at) },
      });
      return;
    }
    const eventName = `${name}.${(BigInt(at) * 1000n).toString(16)}`;
    this.#recent.set(key, { name: eventName, namespace, at, count: 1 });
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: eventName, namespace },
      involvedObject: {
        apiVersion: object.apiVersion,
        kind: object.kind,
        namespace,
        name,
        uid,
        resourceVersion,
      },
      type: note.type,
      reason: note.reason,
      action: note.action,
      message: note.message.slice(0, 1024),
      eventTime: formatMicroTime(at),
      reportingComponent: this.#controller,
      reportingInstance: `${this.#controller}-${hostname()}`,
    };
    await this.#api.create(resources.events, event);
  }
}

function formatMicroTime(micros: number): string {
  const rest = String(micros % 1000).padStart(3, '0');
  return new Date(Math.floor(micros / 1000))
    .toISOString()
    .replace(/Z$/, `${rest}Z`);
}
