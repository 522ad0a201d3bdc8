import { cpus, freemem, totalmem } from 'node:os';
import { formatTime } from '@ml-platform/embedded-controller-runtime';
import type { PodManager } from '../pods/PodManager';
import { CONTAINER_MARKER } from '../process/ContainerProcess';
import { processesBy } from '../process/processTable';
import { processUsage } from './processUsage';
import type { StatsSummary, Usage } from './StatsSummary';
import { UsageMeter } from './UsageMeter';

/** An answer serves everybody who asks within this time. */
const FRESH_MS = 2_000;

/** What the machine and the processes of the node's pods use. */
export class NodeStats {
  readonly #nodeName: string;
  readonly #pods: PodManager;
  readonly #now: () => number;
  readonly #meter: UsageMeter;
  #machine: { readonly at: number; readonly busyMs: number };
  #latest:
    | { readonly at: number; readonly summary: Promise<StatsSummary> }
    | undefined;

  constructor(options: {
    readonly nodeName: string;
    readonly pods: PodManager;
    readonly now: () => number;
  }) {
    this.#nodeName = options.nodeName;
    this.#pods = options.pods;
    this.#now = options.now;
    this.#meter = new UsageMeter({ read: processUsage, now: options.now });
    this.#machine = { at: options.now(), busyMs: busyMs() };
  }

  /** Reads nothing while nobody asks. */
  summary(): Promise<StatsSummary> {
    const at = this.#now();
    if (!this.#latest || at - this.#latest.at >= FRESH_MS) {
      this.#latest = { at, summary: this.#read() };
    }
    return this.#latest.summary;
  }

  async #read(): Promise<StatsSummary> {
    const pods = this.#pods.running();
    const processes = await processesBy(CONTAINER_MARKER);
    const usages = await this.#meter.measure(
      new Map(
        pods
          .flatMap(({ containers }) => containers)
          .map(({ id, startedAt }) => [
            id,
            { pids: processes.get(id) ?? [], startedAt },
          ]),
      ),
    );
    const time = formatTime(this.#now());
    const stats = ({ cpuNano, memory }: Usage) => ({
      cpu: { time, usageNanoCores: cpuNano },
      memory: { time, workingSetBytes: memory },
    });
    return {
      node: { nodeName: this.#nodeName, ...stats(this.#machineUsage()) },
      pods: pods.map(({ pod: { metadata }, containers }) => ({
        podRef: {
          name: metadata.name,
          namespace: metadata.namespace ?? '',
          uid: metadata.uid,
        },
        containers: containers.map(({ name, id }) => ({
          name,
          ...stats(usages.get(id) ?? { cpuNano: 0, memory: 0 }),
        })),
      })),
    };
  }

  #machineUsage(): Usage {
    const before = this.#machine;
    this.#machine = { at: this.#now(), busyMs: busyMs() };
    const elapsed = Math.max(1, this.#machine.at - before.at);
    return {
      cpuNano: Math.round(
        ((this.#machine.busyMs - before.busyMs) / elapsed) * 1e9,
      ),
      memory: totalmem() - freemem(),
    };
  }
}

function busyMs(): number {
  return cpus()
    .map(({ times }) => times.user + times.nice + times.sys + times.irq)
    .reduce((sum, ms) => sum + ms, 0);
}
