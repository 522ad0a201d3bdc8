import { applicationName, componentName, label } from '../crd/labels';
import { headServiceName, labelValue } from '../crd/names';
import { defaultPort, portName } from '../crd/ports';
import type { RayCluster } from '../crd/rayCluster';
import type { RayJob } from '../crd/rayJob';
import type {
  Labels,
  ServicePort,
} from '@ml-platform/embedded-controller-runtime';
import type { NewService } from '../kube/objects';
import { controllerReference } from './ownerReference';

/** The service by which workers, submitters and people reach a cluster's head. */
export function headService(cluster: RayCluster): NewService {
  const { headGroupSpec, headServiceAnnotations } = cluster.spec;
  const selector = headSelector(cluster);
  const custom = headGroupSpec.headService;
  const type = custom?.spec?.type || headGroupSpec.serviceType || 'ClusterIP';
  const annotations = {
    ...custom?.metadata?.annotations,
    ...headServiceAnnotations,
  };
  // There is one head at most, so its name may resolve to the pod itself, and
  // must do so before the pod is ready: workers wait for it by that name.
  const headless = !custom && type === 'ClusterIP';
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: headServiceName(cluster),
      namespace: cluster.metadata.namespace,
      labels: { ...custom?.metadata?.labels, ...selector },
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ownerReferences: [controllerReference(cluster)],
    },
    spec: {
      ...custom?.spec,
      type,
      selector,
      ports: [...(custom?.spec?.ports ?? []), ...headPorts(cluster)],
      ...(headless && { clusterIP: 'None', publishNotReadyAddresses: true }),
    },
  };
}

/** The service that follows a job from one cluster to the next as it retries. */
export function jobHeadService(job: RayJob, cluster: RayCluster): NewService {
  const service = headService(cluster);
  const { name, namespace } = job.metadata;
  return {
    ...service,
    metadata: {
      name: `${name}-head-svc`,
      namespace,
      labels: {
        [label.originName]: name,
        [label.originKind]: 'RayJob',
        [label.nodeType]: 'head',
        [label.identifier]: labelValue(`${name}-head`),
      },
      ...(service.metadata.annotations && {
        annotations: service.metadata.annotations,
      }),
      ownerReferences: [controllerReference(job)],
    },
  };
}

/** Lets the hosts of one worker replica find each other by name. */
export function headlessWorkerService(cluster: RayCluster): NewService {
  const { name, namespace } = cluster.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: `${name}-headless`,
      namespace,
      labels: { [label.headlessService]: name },
      ownerReferences: [controllerReference(cluster)],
    },
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { [label.cluster]: name, [label.nodeType]: 'worker' },
    },
  };
}

function headSelector(cluster: RayCluster): Labels {
  const { name } = cluster.metadata;
  const given = cluster.spec.headGroupSpec.template.metadata?.labels;
  return {
    [label.cluster]: name,
    [label.nodeType]: 'head',
    [label.identifier]: labelValue(`${name}-head`),
    [label.appName]: given?.[label.appName] ?? applicationName,
    [label.createdBy]: componentName,
  };
}

/** The ports that the head container declares, or else Ray's usual ones. */
function headPorts(cluster: RayCluster): ServicePort[] {
  const [head] = cluster.spec.headGroupSpec.template.spec.containers;
  const declared = new Map(
    (head.ports ?? []).map(({ name, containerPort }) => [
      name || `${containerPort}-port`,
      containerPort,
    ]),
  );
  if (declared.size === 0) {
    for (const key of ['client', 'gcs', 'dashboard', 'serve'] as const) {
      declared.set(portName[key], defaultPort[key]);
    }
  }
  if (!declared.has(portName.metrics)) {
    declared.set(portName.metrics, defaultPort.metrics);
  }
  return [...declared]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, port]) => ({
      name,
      port,
      targetPort: port,
      appProtocol: 'tcp',
    }));
}
