import { KubeObject } from '../model/KubeObject';

/**
 * An object at one resourceVersion. Never changed once it is stored: readers
 * share it, so whoever wants to change it clones it first.
 */
export class StoredObject {
  readonly key: string;
  readonly object: KubeObject;
  readonly version: number;
  /** When it was written, in ms. */
  readonly writtenAt: number;
  #json: string | undefined;

  constructor(options: {
    readonly key: string;
    readonly object: KubeObject;
    readonly version: number;
    readonly writtenAt: number;
    readonly json?: string;
  }) {
    this.key = options.key;
    this.object = options.object;
    this.version = options.version;
    this.writtenAt = options.writtenAt;
    this.#json = options.json;
  }

  /** The object as text, made once: lists and watches send it many times. */
  get json(): string {
    this.#json ??= JSON.stringify(this.object);
    return this.#json;
  }

  /** The same content under a later version, as a watcher sees it leave. */
  at(version: number): StoredObject {
    return new StoredObject({
      key: this.key,
      object: {
        ...this.object,
        metadata: { ...this.object.metadata, resourceVersion: String(version) },
      },
      version,
      writtenAt: this.writtenAt,
    });
  }
}
