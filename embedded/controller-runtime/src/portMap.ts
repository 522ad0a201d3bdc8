import { InputError } from '@backstage/errors';
import { type Pod, PORTS_ANNOTATION } from './podObjects';

/** Local port of each container port, by the latter. */
export type PortMap = ReadonlyMap<number, number>;

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
