import type { ProcessUsage } from './processUsage';
import type { Usage } from './StatsSummary';

interface Reading {
  readonly at: number;
  readonly cpuMs: number;
}

/**
 * What groups of processes use now: their CPU since they were last looked at,
 * and since they were first seen where that is the first time.
 */
export class UsageMeter {
  readonly #read: (
    pids: readonly number[],
  ) => Promise<ReadonlyMap<number, ProcessUsage>>;
  readonly #now: () => number;
  #before: ReadonlyMap<number, Reading> = new Map();

  constructor(options: {
    readonly read: (
      pids: readonly number[],
    ) => Promise<ReadonlyMap<number, ProcessUsage>>;
    /** The current time in ms. */
    readonly now: () => number;
  }) {
    this.#read = options.read;
    this.#now = options.now;
  }

  /** @param groups - processes and when they started, by any name */
  async measure(
    groups: ReadonlyMap<
      string,
      { readonly pids: readonly number[]; readonly startedAt: number }
    >,
  ): Promise<ReadonlyMap<string, Usage>> {
    const pids = [...groups.values()].flatMap(group => group.pids);
    const usages = await this.#read(pids);
    const at = this.#now();
    const before = this.#before;
    this.#before = new Map(
      [...usages].map(([pid, { cpuMs }]) => [pid, { at, cpuMs }]),
    );
    const one = (pid: number, startedAt: number): Usage => {
      const { cpuMs = 0, memory = 0 } = usages.get(pid) ?? {};
      const since = before.get(pid) ?? { at: startedAt, cpuMs: 0 };
      const elapsed = Math.max(1, at - since.at);
      const used = Math.max(0, cpuMs - since.cpuMs);
      return { cpuNano: Math.round((used / elapsed) * 1e9), memory };
    };
    return new Map(
      [...groups].map(([name, group]) => [
        name,
        group.pids
          .map(pid => one(pid, group.startedAt))
          .reduce(add, { cpuNano: 0, memory: 0 }),
      ]),
    );
  }
}

function add(a: Usage, b: Usage): Usage {
  return { cpuNano: a.cpuNano + b.cpuNano, memory: a.memory + b.memory };
}
