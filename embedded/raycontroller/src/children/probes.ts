import { hasUnifiedHealthCheck } from '../crd/features';
import { defaultPort } from '../crd/ports';
import type { RayStartParams } from '../crd/rayCluster';
import type { Container } from '@ml-platform/embedded-controller-runtime';
import type { NodeType } from './rayStart';

/**
 * The liveness and readiness probes of a Ray container, where the user set
 * none: one HTTP request to the node's agent from Ray 2.53, before that `wget`
 * of the raylet's, and on the head also of the GCS's, health.
 */
export function withProbes(
  container: Container,
  node: {
    readonly nodeType: NodeType;
    readonly params: RayStartParams;
    readonly rayVersion: string | undefined;
  },
): Container {
  const check = healthCheck(node);
  const common = {
    ...check,
    periodSeconds: 5,
    successThreshold: 1,
    timeoutSeconds: node.nodeType === 'head' ? 5 : 2,
  };
  return {
    ...container,
    livenessProbe: container.livenessProbe ?? {
      ...common,
      initialDelaySeconds: 30,
      failureThreshold: 120,
    },
    readinessProbe: container.readinessProbe ?? {
      ...common,
      initialDelaySeconds: 10,
      failureThreshold: 10,
    },
  };
}

function healthCheck(node: {
  readonly nodeType: NodeType;
  readonly params: RayStartParams;
  readonly rayVersion: string | undefined;
}) {
  const agentPort = portOf(
    node.params['dashboard-agent-listen-port'],
    defaultPort.dashboardAgent,
  );
  if (hasUnifiedHealthCheck(node.rayVersion)) {
    return { httpGet: { path: '/api/healthz', port: agentPort } };
  }
  const checks = [wget(2, agentPort, 'api/local_raylet_healthz')];
  if (node.nodeType === 'head') {
    const port = portOf(node.params['dashboard-port'], defaultPort.dashboard);
    checks.push(wget(10, port, 'api/gcs_healthz'));
  }
  return { exec: { command: ['bash', '-c', checks.join(' && ')] } };
}

function wget(seconds: number, port: number, path: string): string {
  return `wget --tries 1 -T ${seconds} -q -O- http://localhost:${port}/${path} | grep success`;
}

function portOf(value: string | undefined, otherwise: number): number {
  return value && /^\d+$/.test(value) ? Number(value) : otherwise;
}
