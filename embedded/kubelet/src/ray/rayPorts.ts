import type { Container, Pod } from '@ml-platform/embedded-controller-runtime';

/** What the ports of a Ray node are for; the flag of `ray start` that sets it. */
export const RAY_PORTS = {
  gcs: { flag: 'port', otherwise: 6379, head: true },
  dashboard: { flag: 'dashboard-port', otherwise: 8265, head: true },
  client: { flag: 'ray-client-server-port', otherwise: 10001, head: true },
  agent: { flag: 'dashboard-agent-listen-port', otherwise: 52365, head: false },
  metrics: { flag: 'metrics-export-port', otherwise: 8080, head: false },
} as const;

export type RayPort = keyof typeof RAY_PORTS;

/** Container ports of a Ray node by what they are for. */
export type RayPorts = Readonly<Partial<Record<RayPort, number>>>;

const START = /\bray\s+start\b/;

/**
 * The ports that the pod's `ray start` would listen on, or undefined where the
 * pod is no Ray node.
 */
export function rayPortsOf(pod: Pod): RayPorts | undefined {
  const command = pod.spec.containers.map(startCommand).find(Boolean);
  if (!command) {
    return undefined;
  }
  const head = /(^|\s)--head(\s|=|;|$)/.test(command);
  const ports: Partial<Record<RayPort, number>> = {};
  for (const [name, port] of Object.entries(RAY_PORTS)) {
    if (head || !port.head) {
      const given = new RegExp(
        `(?:^|\\s)--${port.flag}[=\\s]+["']?(\\d+)`,
      ).exec(command);
      ports[name as RayPort] = given ? Number(given[1]) : port.otherwise;
    }
  }
  return ports;
}

/** The text in which a container's `ray start` stands, if it has one. */
function startCommand(container: Container): string | undefined {
  const texts = [
    [...(container.command ?? []), ...(container.args ?? [])].join(' '),
    // KubeRay keeps its own command here where the user overwrites it.
    container.env?.find(({ name }) => name === 'KUBERAY_GEN_RAY_START_CMD')
      ?.value ?? '',
  ];
  return texts.find(text => START.test(text));
}
