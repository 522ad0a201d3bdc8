import { parseBytes, parseCpu } from '@ml-platform/rayjob';

/** What a machine has. */
export interface Machine {
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
}

/** How many times the CPUs of a small machine may be requested. */
const CPU_OVERCOMMIT = 4;
/** Up to this many CPUs: what asks for more wants a machine that has them. */
const OVERCOMMIT_LIMIT = 32;
const MAX_PODS = 110;

/** milliCPU and bytes that pods may request. */
export function allocatable(machine: Machine): {
  readonly milliCpu: number;
  readonly memory: number;
} {
  const generous = Math.min(machine.cpus * CPU_OVERCOMMIT, OVERCOMMIT_LIMIT);
  return {
    milliCpu: Math.max(machine.cpus, generous) * 1000,
    memory: machine.memory,
  };
}

/** `capacity` and `allocatable` of the Node. */
export function nodeResources(machine: Machine) {
  const memory = `${Math.floor(machine.memory / 1024)}Ki`;
  const pods = String(MAX_PODS);
  return {
    capacity: { cpu: String(machine.cpus), memory, pods },
    allocatable: {
      cpu: String(allocatable(machine).milliCpu / 1000),
      memory,
      pods,
    },
  };
}

/** An amount of a resource: milliCPU, bytes, or a count. */
export function amountOf(resource: string, value: string | number): number {
  return resource === 'cpu' ? parseCpu(value) : parseBytes(value);
}
