import { isFaultTolerant } from '../crd/features';
import { annotation, kubeRayVersion, label } from '../crd/labels';
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

/** Name under which a fault-tolerant head keeps its state in Redis. */
export function externalStorageNamespace(cluster: RayCluster): string {
  return (
    cluster.spec.gcsFaultToleranceOptions?.externalStorageNamespace ||
    cluster.metadata.annotations?.[annotation.externalStorageNamespace] ||
    cluster.metadata.uid
  );
}

/** What a container needs where the head's state is kept in Redis. */
export function faultToleranceEnv(
  cluster: RayCluster,
  nodeType: NodeType,
  userEnv: readonly EnvVar[],
): EnvVar[] {
  if (!isFaultTolerant(cluster.spec, cluster.metadata.annotations)) {
    return [];
  }
  const missing = ({ name }: EnvVar) =>
    !userEnv.some(existing => existing.name === name);
  if (nodeType === 'worker') {
    // Time for a new head to come up before the workers give up on it.
    const name = 'RAY_gcs_rpc_server_reconnect_timeout_s';
    return [{ name, value: '600' }].filter(missing);
  }
  const options = cluster.spec.gcsFaultToleranceOptions;
  const added: EnvVar[] = [
    {
      name: 'RAY_external_storage_namespace',
      value: externalStorageNamespace(cluster),
    },
  ].filter(missing);
  if (options) {
    added.push({ name: 'RAY_REDIS_ADDRESS', value: options.redisAddress });
    if (options.redisUsername) {
      added.push({ name: 'REDIS_USERNAME', ...options.redisUsername });
    }
    if (options.redisPassword) {
      added.push({ name: 'REDIS_PASSWORD', ...options.redisPassword });
    }
    return added;
  }
  const password =
    cluster.spec.headGroupSpec.rayStartParams?.['redis-password'];
  return password === undefined
    ? added
    : [
        ...added,
        ...[{ name: 'REDIS_PASSWORD', value: password }].filter(missing),
      ];
}

function fieldEnv(name: string, fieldPath: string): EnvVar {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}
