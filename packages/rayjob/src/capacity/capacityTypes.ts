/** What nodes have, and what pods have asked for. */
export interface NodeResource {
  /** CPU in milliCPU, memory in bytes, GPUs in devices. */
  readonly allocatable: number;
  readonly requested: number;
}

/** The GPUs of one kind. */
export interface GpuResource extends NodeResource {
  /** As the nodes' labels name the kind, else the name of the resource. */
  readonly type: string;
}

/** The nodes of a cluster together. Only nodes that take pods count as allocatable. */
export interface NodesStatus {
  readonly total: number;
  readonly ready: number;
  readonly cpu: NodeResource;
  readonly memory: NodeResource;
  readonly gpu: NodeResource;
  /** By kind, in the order of their names. */
  readonly gpus: readonly GpuResource[];
}

/** Amounts of what pods ask for: milliCPU, bytes, devices. */
export interface Amounts {
  readonly cpu: number;
  readonly memory: number;
  readonly gpu: number;
}

/** What is free on the nodes that take pods. */
export interface FreeAmounts {
  readonly total: Amounts;
  /** Of each resource the most on one node; not all of it is on the same one. */
  readonly largest: Amounts;
}

/** What is kept of a node. */
export interface NodeCapacity {
  readonly ready: boolean;
  /** True where it takes new pods. */
  readonly open: boolean;
  readonly amounts: Amounts;
  /** Kind of its GPUs, where it has some. */
  readonly gpuType?: string;
}

/** What is kept of a pod that has a node. */
export interface PodClaim {
  readonly node: string;
  readonly amounts: Amounts;
}
