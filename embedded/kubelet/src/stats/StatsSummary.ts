/** How much of the machine something uses. */
export interface Usage {
  /** Billionths of a CPU. */
  readonly cpuNano: number;
  /** Bytes. */
  readonly memory: number;
}

/** What the node and its containers use, like kubelet's `/stats/summary`. */
export interface StatsSummary {
  readonly node: {
    readonly nodeName: string;
    readonly cpu: CpuStats;
    readonly memory: MemoryStats;
  };
  readonly pods: readonly PodStats[];
}

export interface PodStats {
  readonly podRef: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
  };
  readonly containers: readonly {
    readonly name: string;
    readonly cpu: CpuStats;
    readonly memory: MemoryStats;
  }[];
}

export interface CpuStats {
  /** When it was measured, for example `2026-01-31T12:00:00Z`. */
  readonly time: string;
  readonly usageNanoCores: number;
}

export interface MemoryStats {
  readonly time: string;
  readonly workingSetBytes: number;
}
