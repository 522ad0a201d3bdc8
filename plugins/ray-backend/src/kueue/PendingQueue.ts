import { compareQueueEntries, type QueueEntry } from '@ml-platform/rayjob';

/** Positions that are counted whenever something changes. */
const FRONT = 100;

/**
 * What waits in one ClusterQueue, in the order in which Kueue tries it. Whatever
 * leaves the front moves all others: those behind are counted in passes, as many
 * at a time as is asked for.
 */
export class PendingQueue {
  readonly #entries: QueueEntry[] = [];
  readonly #told = new Map<string, number>();
  readonly #fresh = new Set<QueueEntry>();
  /** Index from which positions of the front may be others than those told. */
  #frontFrom = Infinity;
  /** Index that the pass is at; it counts all from there to the end. */
  #pass = Infinity;
  /** Index from which the next pass has to count. */
  #nextPass = Infinity;

  get size(): number {
    return this.#entries.length;
  }

  /** Those that are tried next. */
  first(count: number): readonly QueueEntry[] {
    return this.#entries.slice(0, count);
  }

  /** True when positions have changed that were not told yet. */
  get behind(): boolean {
    return Math.min(this.#pass, this.#nextPass) < this.#entries.length;
  }

  add(entry: QueueEntry): void {
    const index = this.#indexOf(entry);
    this.#entries.splice(index, 0, entry);
    this.#fresh.add(entry);
    this.#changed(index);
  }

  remove(entry: QueueEntry): void {
    const index = this.#indexOf(entry);
    if (this.#entries[index]?.uid === entry.uid) {
      this.#entries.splice(index, 1);
      this.#fresh.delete(entry);
      this.#told.delete(entry.uid);
      this.#changed(index);
    }
  }

  /** Puts an entry in the place of what it was before; both sort alike. */
  replace(before: QueueEntry, entry: QueueEntry): void {
    this.#entries[this.#indexOf(before)] = entry;
    if (this.#fresh.delete(before)) {
      this.#fresh.add(entry);
    }
  }

  /** The position that was told last, from 1. */
  position(entry: QueueEntry): number | undefined {
    return this.#told.get(entry.uid);
  }

  /**
   * Counts the front and what came since it was last told; answers those whose
   * position is another than the one told before.
   */
  tellFront(): QueueEntry[] {
    const moved = this.#tellFrom(this.#frontFrom, FRONT);
    this.#frontFrom = Infinity;
    for (const entry of this.#fresh) {
      this.#tellOne(entry, this.#indexOf(entry) + 1, moved);
    }
    this.#fresh.clear();
    return moved;
  }

  /** Counts on behind the front, at most so many; answers as the front does. */
  tellBehind(atMost: number): QueueEntry[] {
    if (this.#pass >= this.#entries.length) {
      this.#pass = Math.max(this.#nextPass, FRONT);
      this.#nextPass = Infinity;
    }
    const moved = this.#tellFrom(this.#pass, this.#pass + atMost);
    this.#pass += atMost;
    return moved;
  }

  #changed(index: number): void {
    this.#frontFrom = Math.min(this.#frontFrom, index);
    if (index < this.#pass) {
      this.#nextPass = Math.min(this.#nextPass, index);
    }
  }

  #tellFrom(from: number, end: number): QueueEntry[] {
    const moved: QueueEntry[] = [];
    for (let i = from; i < Math.min(end, this.#entries.length); i += 1) {
      this.#tellOne(this.#entries[i], i + 1, moved);
    }
    return moved;
  }

  #tellOne(entry: QueueEntry, position: number, moved: QueueEntry[]): void {
    if (this.#told.get(entry.uid) !== position) {
      this.#told.set(entry.uid, position);
      moved.push(entry);
    }
  }

  /** Where the entry is, or where it belongs. */
  #indexOf(entry: QueueEntry): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (compareQueueEntries(this.#entries[middle], entry) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
