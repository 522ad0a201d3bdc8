import { defaultPort, portName } from '../crd/ports';
import type {
  HeadGroupSpec,
  RayCluster,
  WorkerGroupSpec,
} from '../crd/rayCluster';
import type {
  Container,
  Volume,
} from '@ml-platform/embedded-controller-runtime';
import { withProbes } from './probes';
import { rayContainerEnv, type HeadAddress } from './rayEnv';
import { rayStartCommand, rayStartParams, type NodeType } from './rayStart';

const SHARED_MEMORY = { name: 'shared-mem', mountPath: '/dev/shm' };

/** The container in which `ray start` runs, and the pod's volumes with what it needs. */
export function rayContainerOf(options: {
  readonly cluster: RayCluster;
  readonly spec: HeadGroupSpec | WorkerGroupSpec;
  readonly nodeType: NodeType;
  readonly head: HeadAddress;
  readonly rayContainer: Container;
  readonly volumes: readonly Volume[];
  readonly ownCommand: boolean;
}): { container: Container; volumes: readonly Volume[] } {
  const { cluster, spec, nodeType, head, rayContainer } = options;
  const params = rayStartParams({
    nodeType,
    params: spec.rayStartParams,
    groupResources: spec.resources,
    groupLabels: spec.labels,
    containerResources: rayContainer.resources,
    gcsAddress: `${head.fqdn}:${head.port}`,
  });
  const startCommand = rayStartCommand(nodeType, params);
  const ports = rayContainer.ports ?? [];
  const hasMetrics = ports.some(({ name }) => name === portName.metrics);
  const metrics = {
    name: portName.metrics,
    containerPort: defaultPort.metrics,
  };
  const container: Container = {
    ...rayContainer,
    ...commandOf(rayContainer, startCommand, options.ownCommand),
    env: rayContainerEnv({
      cluster,
      nodeType,
      head,
      startCommand,
      userEnv: rayContainer.env ?? [],
    }),
    ports: hasMetrics ? ports : [...ports, metrics],
  };
  const probed = withProbes(container, {
    nodeType,
    params,
    rayVersion: cluster.spec.rayVersion,
  });
  return 'plasma-directory' in params
    ? { container: probed, volumes: options.volumes }
    : withSharedMemory(probed, options.volumes);
}

/** Ray's object store lives in /dev/shm, which is 64 MiB where nothing is mounted. */
function withSharedMemory(
  container: Container,
  volumes: readonly Volume[],
): { container: Container; volumes: readonly Volume[] } {
  const { name, mountPath } = SHARED_MEMORY;
  const mounts = container.volumeMounts ?? [];
  if (mounts.some(mount => mount.mountPath === mountPath)) {
    return { container, volumes };
  }
  const { limits, requests } = container.resources ?? {};
  const sizeLimit = limits?.memory ?? requests?.memory;
  const volume: Volume = {
    name,
    emptyDir: {
      medium: 'Memory',
      ...(sizeLimit !== undefined && { sizeLimit }),
    },
  };
  return {
    container: { ...container, volumeMounts: [...mounts, SHARED_MEMORY] },
    volumes: volumes.some(existing => existing.name === name)
      ? volumes
      : [...volumes, volume],
  };
}

/** The user's command, if any, runs before `ray start`, which does not return. */
function commandOf(
  container: Container,
  startCommand: string,
  ownCommand: boolean,
): Pick<Container, 'command' | 'args'> {
  const given = [...(container.command ?? []), ...(container.args ?? [])]
    .map(word => ` ${word} `)
    .join('');
  if (ownCommand || given.includes('ray start')) {
    return {};
  }
  const generated = `ulimit -n \${RAY_START_ULIMIT_OPEN_FILES:-65536}; ${startCommand}`;
  return {
    command: ['/bin/bash', '-c', '--'],
    args: [given ? `${given} && ${generated}` : generated],
  };
}
