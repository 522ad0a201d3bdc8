import type { Pod, PortMap } from '@ml-platform/embedded-controller-runtime';
import { rayPortsOf } from '../ray/rayPorts';
import type { PortAllotment } from './PortAllotment';

/** The local ports of a pod. */
export interface PodPorts {
  readonly map: PortMap;
  /** Ports of Ray's own that no container names. */
  readonly agent: { readonly grpc: number; readonly runtimeEnv: number };
}

/** Ports of a pod that has none yet. */
export const NO_PORTS: PodPorts = {
  map: new Map(),
  agent: { grpc: 0, runtimeEnv: 0 },
};

/**
 * Decides which local port stands for each of the pod's ports. Those that
 * `ray start` takes on its command line become free ones; a port that a program
 * chooses itself can't be moved, and stays what it is.
 */
export async function allotPorts(
  pod: Pod,
  allotment: PortAllotment,
): Promise<PodPorts> {
  const ports = new Map<number, number>();
  for (const port of Object.values(rayPortsOf(pod) ?? {})) {
    if (!ports.has(port)) {
      ports.set(port, await allotment.take());
    }
  }
  for (const container of pod.spec.containers) {
    for (const { containerPort } of container.ports ?? []) {
      if (!ports.has(containerPort)) {
        ports.set(containerPort, containerPort);
      }
    }
  }
  return {
    map: ports,
    agent: {
      grpc: await allotment.take(),
      runtimeEnv: await allotment.take(),
    },
  };
}
