import { StoredObject } from './StoredObject';

/** A write: what is there now, what was there before. */
export interface Change {
  readonly version: number;
  readonly key: string;
  /** Undefined when the object was deleted. */
  readonly current: StoredObject | undefined;
  /** Undefined when the object was created. */
  readonly previous: StoredObject | undefined;
  /** Of a deletion: the last state under the version of the deletion. */
  readonly deleted?: StoredObject;
}

/** JSON kept for one storage; the objects in memory are a few times as large. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * The last changes of one storage, for watches that resume; bounded in number
 * and in bytes.
 */
export class ChangeHistory {
  readonly #limit: number;
  #changes: Change[] = [];
  #bytes = 0;
  #floor: number;

  /** `floor` is the version from which on every change is known. */
  constructor(options: { readonly floor: number; readonly limit: number }) {
    this.#floor = options.floor;
    this.#limit = options.limit;
  }

  add(change: Change): void {
    this.#changes.push(change);
    this.#bytes += sizeOf(change);
    if (this.#changes.length > this.#limit || this.#bytes > MAX_BYTES) {
      // Half at a time: an array that loses its head with each write is slow.
      const dropped = this.#changes.splice(
        0,
        Math.ceil(this.#changes.length / 2),
      );
      this.#bytes -= dropped.reduce((sum, one) => sum + sizeOf(one), 0);
      this.#floor = dropped.at(-1)?.version ?? this.#floor;
    }
  }

  /** Changes after the version, or undefined where some are forgotten. */
  since(version: number): readonly Change[] | undefined {
    if (version < this.#floor) {
      return undefined;
    }
    const first = this.#changes.findIndex(change => change.version > version);
    return first < 0 ? [] : this.#changes.slice(first);
  }

  /** The oldest version that {@link since} takes. */
  get floor(): number {
    return this.#floor;
  }
}

function sizeOf({ current, deleted }: Change): number {
  return (current ?? deleted)?.json.length ?? 0;
}
