import {
  CRON_JOB,
  ENDPOINT_SLICE,
  JOB,
  LEASE,
  WITH_CONDITIONS,
  WORKLOAD,
} from '../schemas/workloads';
import { EVENT_FIELDS } from './coreResources';
import { eventFromCore, eventToCore } from './eventConversion';
import { getPath } from './json';
import { resourceType, ResourceType } from './ResourceType';

const apps = (
  kind: string,
  plural: string,
  shortNames: readonly string[],
): ResourceType =>
  resourceType({
    group: 'apps',
    version: 'v1',
    kind,
    plural,
    shortNames,
    categories: ['all'],
    statusSubresource: true,
    generation: true,
    ...(kind === 'ControllerRevision' ? {} : { schema: WORKLOAD }),
  });

const rbac = (
  kind: string,
  plural: string,
  namespaced: boolean,
): ResourceType =>
  resourceType({
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    kind,
    plural,
    namespaced,
  });

/** Resources of Kubernetes' own named groups. */
export const GROUP_RESOURCES: readonly ResourceType[] = [
  apps('ControllerRevision', 'controllerrevisions', []),
  apps('DaemonSet', 'daemonsets', ['ds']),
  apps('Deployment', 'deployments', ['deploy']),
  apps('ReplicaSet', 'replicasets', ['rs']),
  apps('StatefulSet', 'statefulsets', ['sts']),
  resourceType({
    group: 'batch',
    version: 'v1',
    kind: 'CronJob',
    plural: 'cronjobs',
    schema: CRON_JOB,
    shortNames: ['cj'],
    categories: ['all'],
    statusSubresource: true,
    generation: true,
  }),
  resourceType({
    group: 'batch',
    version: 'v1',
    kind: 'Job',
    plural: 'jobs',
    schema: JOB,
    categories: ['all'],
    statusSubresource: true,
    generation: true,
    selectableFields: {
      'status.successful': object =>
        String(getPath(object, 'status.succeeded') ?? 0),
    },
  }),
  resourceType({
    group: 'autoscaling',
    version: 'v2',
    kind: 'HorizontalPodAutoscaler',
    plural: 'horizontalpodautoscalers',
    schema: WITH_CONDITIONS,
    shortNames: ['hpa'],
    categories: ['all'],
    statusSubresource: true,
  }),
  resourceType({
    group: 'networking.k8s.io',
    version: 'v1',
    kind: 'Ingress',
    plural: 'ingresses',
    shortNames: ['ing'],
    statusSubresource: true,
    generation: true,
  }),
  resourceType({
    group: 'networking.k8s.io',
    version: 'v1',
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
    shortNames: ['netpol'],
    generation: true,
  }),
  resourceType({
    group: 'policy',
    version: 'v1',
    kind: 'PodDisruptionBudget',
    plural: 'poddisruptionbudgets',
    schema: WITH_CONDITIONS,
    shortNames: ['pdb'],
    statusSubresource: true,
    generation: true,
  }),
  resourceType({
    group: 'discovery.k8s.io',
    version: 'v1',
    kind: 'EndpointSlice',
    plural: 'endpointslices',
    schema: ENDPOINT_SLICE,
    generation: true,
  }),
  resourceType({
    group: 'coordination.k8s.io',
    version: 'v1',
    kind: 'Lease',
    plural: 'leases',
    schema: LEASE,
  }),
  resourceType({
    group: 'events.k8s.io',
    version: 'v1',
    kind: 'Event',
    plural: 'events',
    shortNames: ['ev'],
    storage: 'events',
    conversion: { toStored: eventToCore, fromStored: eventFromCore },
    selectableFields: EVENT_FIELDS,
  }),
  rbac('ClusterRole', 'clusterroles', false),
  rbac('ClusterRoleBinding', 'clusterrolebindings', false),
  rbac('Role', 'roles', true),
  rbac('RoleBinding', 'rolebindings', true),
];
