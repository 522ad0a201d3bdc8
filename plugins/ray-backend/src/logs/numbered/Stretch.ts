import { setImmediate } from 'node:timers/promises';

/** Milliseconds after which others should have their turn. */
const LONG = 10;

/** Resolves when all who asked before have had their turn. */
let turns: Promise<unknown> = Promise.resolve();

function turn(): Promise<unknown> {
  turns = turns.then(() => setImmediate());
  return turns;
}

/**
 * Work that keeps the thread busy, in stretches. Of all such work there is one stretch in
 * each turn of the event loop, so that requests are answered between two of them.
 */
export class Stretch {
  #begunAt = performance.now();

  /** Resolves when the work may begin. */
  static async begin(): Promise<Stretch> {
    await turn();
    return new Stretch();
  }

  /** Whether it has taken long enough to pause. */
  get isLong(): boolean {
    return performance.now() - this.#begunAt >= LONG;
  }

  /** Resolves when the work may go on. */
  async pause(): Promise<void> {
    await turn();
    this.#begunAt = performance.now();
  }
}
