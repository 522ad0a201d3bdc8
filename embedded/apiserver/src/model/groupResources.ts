import { kubernetesSchema } from '../schemas/kubernetesSchema';
import { getPath } from './json';
import { resourceType, ResourceType } from './ResourceType';

/** A type of one of Kubernetes' groups, with the schema that the client has of it. */
const builtIn = (given: Parameters<typeof resourceType>[0]): ResourceType =>
  resourceType({
    schema: kubernetesSchema(`${given.version.toUpperCase()}${given.kind}`),
    ...given,
  });

const apps = (
  kind: string,
  plural: string,
  shortNames: readonly string[],
): ResourceType =>
  builtIn({
    group: 'apps',
    version: 'v1',
    kind,
    plural,
    shortNames,
    categories: ['all'],
    statusSubresource: true,
    generation: true,
  });

const rbac = (
  kind: string,
  plural: string,
  namespaced: boolean,
): ResourceType =>
  builtIn({
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    kind,
    plural,
    namespaced,
  });

/** Resources of Kubernetes' own named groups. */
export const GROUP_RESOURCES: readonly ResourceType[] = [
  apps('DaemonSet', 'daemonsets', ['ds']),
  apps('Deployment', 'deployments', ['deploy']),
  apps('ReplicaSet', 'replicasets', ['rs']),
  apps('StatefulSet', 'statefulsets', ['sts']),
  builtIn({
    group: 'batch',
    version: 'v1',
    kind: 'CronJob',
    plural: 'cronjobs',
    shortNames: ['cj'],
    categories: ['all'],
    statusSubresource: true,
    generation: true,
  }),
  builtIn({
    group: 'batch',
    version: 'v1',
    kind: 'Job',
    plural: 'jobs',
    categories: ['all'],
    statusSubresource: true,
    generation: true,
    selectableFields: {
      'status.successful': object =>
        String(getPath(object, 'status.succeeded') ?? 0),
    },
  }),
  builtIn({
    group: 'autoscaling',
    version: 'v2',
    kind: 'HorizontalPodAutoscaler',
    plural: 'horizontalpodautoscalers',
    shortNames: ['hpa'],
    categories: ['all'],
    statusSubresource: true,
  }),
  builtIn({
    group: 'networking.k8s.io',
    version: 'v1',
    kind: 'Ingress',
    plural: 'ingresses',
    shortNames: ['ing'],
    statusSubresource: true,
    generation: true,
  }),
  builtIn({
    group: 'networking.k8s.io',
    version: 'v1',
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
    shortNames: ['netpol'],
    generation: true,
  }),
  builtIn({
    group: 'policy',
    version: 'v1',
    kind: 'PodDisruptionBudget',
    plural: 'poddisruptionbudgets',
    shortNames: ['pdb'],
    statusSubresource: true,
    generation: true,
  }),
  builtIn({
    group: 'discovery.k8s.io',
    version: 'v1',
    kind: 'EndpointSlice',
    plural: 'endpointslices',
    generation: true,
  }),
  builtIn({
    group: 'coordination.k8s.io',
    version: 'v1',
    kind: 'Lease',
    plural: 'leases',
  }),
  rbac('ClusterRole', 'clusterroles', false),
  rbac('ClusterRoleBinding', 'clusterrolebindings', false),
  rbac('Role', 'roles', true),
  rbac('RoleBinding', 'rolebindings', true),
];
