/** What one pod asks for, as Kubernetes quantities. */
export interface PodResources {
  /** Cores, for example `2` or `500m`. */
  readonly cpu: string;
  /** Bytes, for example `4Gi`. */
  readonly memory: string;
  /** Whole devices of `nvidia.com/gpu`. */
  readonly gpu: number;
}

/**
 * Size of a head that only coordinates. It grows with the number of workers,
 * as the object directory, the job's driver and the dashboard do.
 */
export function coordinatingHead(workers: number): PodResources {
  if (workers <= 8) {
    return { cpu: '1', memory: '2Gi', gpu: 0 };
  }
  return workers <= 64
    ? { cpu: '2', memory: '8Gi', gpu: 0 }
    : { cpu: '4', memory: '16Gi', gpu: 0 };
}
