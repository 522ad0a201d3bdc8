import { kubeRayVersion, label } from '../crd/labels';
import type { RayCluster } from '../crd/rayCluster';
import type { EnvVar } from '@ml-platform/embedded-controller-runtime';
import type { NodeType } from './rayStart';

/** Where the pods of a cluster find its head. */
export interface HeadAddress {
  /** Fully qualified name of the head service. */
  readonly fqdn: string;
  /** Port of the GCS. */
  readonly port: string;
}

/** What tells every container of a worker, and every init container, the head. */
export function headAddressEnv(head: HeadAddress): EnvVar[] {
  return [
    { name: 'FQ_RAY_IP', value: head.fqdn },
    { name: 'RAY_IP', value: head.fqdn.split('.')[0] },
  ];
}

/** The environment of a Ray container: the user's, then what KubeRay adds. */
export function rayContainerEnv(options: {
  readonly cluster: RayCluster;
  readonly nodeType: NodeType;
  readonly head: HeadAddress;
  readonly startCommand: string;
  readonly userEnv: readonly EnvVar[];
}): EnvVar[] {
  const { nodeType, head } = options;
  const env: EnvVar[] = [...options.userEnv];
  const addMissing = (added: EnvVar) => {
    if (!env.some(({ name }) => name === added.name)) {
      env.push(added);
    }
  };
  if (nodeType === 'worker') {
    env.push(...headAddressEnv(head));
  }
  env.push(
    fieldEnv('RAY_CLUSTER_NAME', `metadata.labels['${label.cluster}']`),
    fieldEnv('RAY_CLUSTER_NAMESPACE', 'metadata.namespace'),
    fieldEnv('RAY_CLOUD_INSTANCE_ID', 'metadata.name'),
    fieldEnv('RAY_NODE_TYPE_NAME', `metadata.labels['${label.group}']`),
    { name: 'KUBERAY_GEN_RAY_START_CMD', value: options.startCommand },
  );
  addMissing({ name: 'RAY_PORT', value: head.port });
  const host = nodeType === 'head' ? '127.0.0.1' : head.fqdn;
  addMissing({ name: 'RAY_ADDRESS', value: `${host}:${head.port}` });
  addMissing({ name: 'RAY_USAGE_STATS_KUBERAY_IN_USE', value: '1' });
  if (nodeType === 'head') {
    const crd = options.cluster.metadata.labels?.[label.originKind];
    env.push({
      name: 'RAY_USAGE_STATS_EXTRA_TAGS',
      value: `kuberay_version=${kubeRayVersion};kuberay_crd=${crd ?? 'RayCluster'}`,
    });
  }
  addMissing({ name: 'RAY_DASHBOARD_ENABLE_K8S_DISK_USAGE', value: '1' });
  return env;
}

function fieldEnv(name: string, fieldPath: string): EnvVar {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}
