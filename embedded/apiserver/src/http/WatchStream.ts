import { ServerResponse } from 'node:http';
import { StatusError } from '../errors/StatusError';
import { internalError } from '../errors/statusErrors';
import { StoredObject } from '../store/StoredObject';
import { WatchEventType, WatchSink } from '../verbs/watchObjects';
import { Representation } from './representation';

/** What a watcher that does not read may leave in memory. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

/** Turns events into the lines of a watch's answer. */
export class WatchStream implements WatchSink {
  readonly #response: ServerResponse;
  readonly #representation: Representation;
  // What is there at the start may be more than a slow reader could run up.
  #limit = Infinity;

  constructor(options: {
    readonly response: ServerResponse;
    readonly representation: Representation;
  }) {
    this.#response = options.response;
    this.#representation = options.representation;
    this.#response.writeHead(200, {
      'content-type': 'application/json',
      'cache-control': 'no-cache, private',
    });
    this.#response.flushHeaders();
  }

  event(type: WatchEventType, stored: StoredObject): void {
    this.#line(type, this.#representation.encode(stored));
  }

  bookmark(version: number, initialEventsEnd: boolean): void {
    this.#line(
      'BOOKMARK',
      this.#representation.bookmark({
        resourceVersion: String(version),
        creationTimestamp: null,
        ...(initialEventsEnd
          ? { annotations: { 'k8s.io/initial-events-end': 'true' } }
          : {}),
      }),
    );
  }

  error(error: unknown): void {
    const { status } =
      error instanceof StatusError ? error : internalError(String(error));
    this.#line('ERROR', JSON.stringify(status));
    this.#response.end();
  }

  /** The start is over: from here on a watcher has to keep up. */
  settle(): void {
    this.#limit = this.#response.writableLength + MAX_BUFFERED_BYTES;
  }

  #line(type: string, object: string): void {
    if (this.#response.writableLength > this.#limit) {
      // It lists again when it is back; holding its events would be endless.
      this.#response.destroy();
    } else if (!this.#response.writableEnded) {
      this.#response.write(`{"type":"${type}","object":${object}}\n`);
    }
  }
}
