import {
  annotation,
  applicationName,
  componentName,
  headGroup,
  kubeRayVersion,
  label,
} from '../crd/labels';
import {
  headServiceName,
  labelValue,
  podGenerateName,
  serviceFqdn,
} from '../crd/names';
import { defaultPort } from '../crd/ports';
import type {
  HeadGroupSpec,
  RayCluster,
  WorkerGroupSpec,
} from '../crd/rayCluster';
import type { Labels } from '@ml-platform/embedded-controller-runtime';
import type { NewPod } from '../kube/objects';
import { controllerReference } from './ownerReference';
import { rayContainerOf } from './rayContainer';
import { headAddressEnv, type HeadAddress } from './rayEnv';
import type { NodeType } from './rayStart';
import { specHash } from './specHash';
import { waitForHeadContainer } from './waitForHead';

/** Which host of which replica of its group a worker is. */
export interface WorkerIndex {
  /** From 0, unique in the group. */
  readonly replica: number;
  /** From 0; for groups whose replicas span many hosts. */
  readonly host?: number;
  /** Common to the hosts of one replica. */
  readonly replicaName?: string;
}

function headAddressOf(cluster: RayCluster): HeadAddress {
  return {
    fqdn: serviceFqdn(headServiceName(cluster), cluster.metadata.namespace),
    port:
      cluster.spec.headGroupSpec.rayStartParams?.port ??
      String(defaultPort.gcs),
  };
}

/** The head pod of a cluster. */
export function headPod(cluster: RayCluster): NewPod {
  return rayPod(cluster, cluster.spec.headGroupSpec, {
    nodeType: 'head',
    group: headGroup,
    namePrefix: cluster.metadata.name,
    annotations: {
      [annotation.ftEnabled]: 'false',
      [annotation.specHash]: specHash(cluster.spec),
      [annotation.kubeRayVersion]: kubeRayVersion,
    },
  });
}

/** One worker pod of a group. */
export function workerPod(
  cluster: RayCluster,
  group: WorkerGroupSpec,
  index: WorkerIndex,
): NewPod {
  return rayPod(cluster, group, {
    nodeType: 'worker',
    group: group.groupName,
    namePrefix: `${cluster.metadata.name}-${group.groupName}`,
    labels: {
      [label.replicaIndex]: String(index.replica),
      ...(index.replicaName !== undefined && {
        [label.replicaName]: index.replicaName,
        [label.hostIndex]: String(index.host ?? 0),
      }),
    },
  });
}

function rayPod(
  cluster: RayCluster,
  spec: HeadGroupSpec | WorkerGroupSpec,
  node: {
    readonly nodeType: NodeType;
    readonly group: string;
    readonly namePrefix: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  },
): NewPod {
  const { nodeType } = node;
  const { template } = spec;
  // In KubeRay the Ray container is always the first one.
  const [rayContainer, ...sidecars] = template.spec.containers;
  const head = headAddressOf(cluster);
  const ownCommand = keepsOwnCommand(cluster);
  const annotations = {
    ...template.metadata?.annotations,
    ...(ownCommand && { [annotation.overwriteContainerCommand]: 'true' }),
    ...node.annotations,
  };
  const initContainers = [
    ...(template.spec.initContainers ?? []),
    ...(nodeType === 'worker'
      ? [waitForHeadContainer(rayContainer, head)]
      : []),
  ].map(container => ({
    ...container,
    env: [...(container.env ?? []), ...headAddressEnv(head)],
  }));
  const { container, volumes } = rayContainerOf({
    cluster,
    spec,
    nodeType,
    head,
    rayContainer,
    volumes: template.spec.volumes ?? [],
    ownCommand:
      ownCommand ||
      template.metadata?.annotations?.[
        annotation.overwriteContainerCommand
      ]?.toLowerCase() === 'true',
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: podGenerateName(node.namePrefix, nodeType),
      namespace: cluster.metadata.namespace,
      labels: podLabels(cluster, spec, node),
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ownerReferences: [controllerReference(cluster)],
    },
    spec: {
      ...template.spec,
      containers: [container, ...sidecars],
      ...(initContainers.length > 0 && { initContainers }),
      ...(volumes.length > 0 && { volumes }),
    },
  };
}

function keepsOwnCommand(cluster: RayCluster): boolean {
  const value =
    cluster.metadata.annotations?.[annotation.overwriteContainerCommand];
  return value?.toLowerCase() === 'true';
}

function podLabels(
  cluster: RayCluster,
  spec: HeadGroupSpec | WorkerGroupSpec,
  node: {
    readonly nodeType: NodeType;
    readonly group: string;
    readonly labels?: Labels;
  },
): Labels {
  const { name } = cluster.metadata;
  return {
    [label.isRayNode]: 'yes',
    [label.identifier]: labelValue(`${name}-${node.nodeType}`),
    [label.appName]: applicationName,
    [label.createdBy]: componentName,
    ...spec.template.metadata?.labels,
    ...spec.labels,
    // Not for users to change: these make the pod one of this cluster.
    [label.cluster]: name,
    [label.nodeType]: node.nodeType,
    [label.group]: node.group,
    ...node.labels,
  };
}
