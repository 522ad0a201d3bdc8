import { InputError } from '@backstage/errors';
import { type Pod, PORTS_ANNOTATION } from '../../kubeapi/podObjects';
import { rayPortsOf } from '../ray/rayPorts';
import type { PortAllotment } from './PortAllotment';

/** Local port of each container port, by the latter. */
export type PortMap = ReadonlyMap<number, number>;

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

export function formatPorts(ports: PortMap): string {
  return JSON.stringify(Object.fromEntries(ports));
}

/** The ports that the annotation of a pod tells; none where it has none. */
export function portsOfPod(pod: Pod): PortMap {
  const text = pod.metadata.annotations?.[PORTS_ANNOTATION];
  if (!text) {
    return new Map();
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new InputError(`${PORTS_ANNOTATION} is not JSON: ${text}`);
  }
  return new Map(
    Object.entries(parsed ?? {}).map(([port, local]) => [
      Number(port),
      Number(local),
    ]),
  );
}

/** The number that a port of a probe or a service stands for in the pod. */
export function portNumber(pod: Pod, port: number | string): number {
  if (typeof port === 'number' || /^\d+$/.test(port)) {
    return Number(port);
  }
  for (const container of pod.spec.containers) {
    const named = container.ports?.find(({ name }) => name === port);
    if (named) {
      return named.containerPort;
    }
  }
  throw new InputError(`No container has a port named ${port}`);
}
