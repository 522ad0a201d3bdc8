import { kubernetesSchema } from '../schemas/kubernetesSchema';
import { getPath, JsonObject } from './json';
import { resourceType, ResourceType, Subresource } from './ResourceType';

const text = (path: string) => (object: JsonObject) =>
  String(getPath(object, path) ?? '');

const PROXY_VERBS = ['create', 'delete', 'get', 'patch', 'update'];

const POD_SUBRESOURCES: readonly Subresource[] = [
  { name: 'binding', kind: 'Binding', verbs: ['create'] },
  { name: 'log', kind: 'Pod', verbs: ['get'] },
  { name: 'proxy', kind: 'PodProxyOptions', verbs: PROXY_VERBS },
];

/** Fields of an Event that a fieldSelector takes. */
const EVENT_FIELDS: ResourceType['selectableFields'] = {
  'involvedObject.kind': text('involvedObject.kind'),
  'involvedObject.namespace': text('involvedObject.namespace'),
  'involvedObject.name': text('involvedObject.name'),
  'involvedObject.uid': text('involvedObject.uid'),
  'involvedObject.apiVersion': text('involvedObject.apiVersion'),
  'involvedObject.resourceVersion': text('involvedObject.resourceVersion'),
  'involvedObject.fieldPath': text('involvedObject.fieldPath'),
  reason: text('reason'),
  reportingComponent: text('reportingComponent'),
  source: object =>
    String(
      getPath(object, 'source.component') ||
        getPath(object, 'reportingComponent') ||
        '',
    ),
  type: text('type'),
};

const core = (
  given: Pick<ResourceType, 'kind' | 'plural'> & Partial<ResourceType>,
) =>
  resourceType({
    group: '',
    version: 'v1',
    ...given,
    schema: given.schema ?? kubernetesSchema(`V1${given.kind}`),
  });

/** Resources of the core group. */
export const CORE_RESOURCES: readonly ResourceType[] = [
  core({
    kind: 'ConfigMap',
    plural: 'configmaps',
    shortNames: ['cm'],
  }),
  core({ kind: 'Endpoints', plural: 'endpoints', shortNames: ['ep'] }),
  core({
    kind: 'Event',
    plural: 'events',
    schema: kubernetesSchema('CoreV1Event'),
    shortNames: ['ev'],
    selectableFields: EVENT_FIELDS,
  }),
  core({ kind: 'LimitRange', plural: 'limitranges', shortNames: ['limits'] }),
  core({
    kind: 'Namespace',
    plural: 'namespaces',
    namespaced: false,
    shortNames: ['ns'],
    statusSubresource: true,
    selectableFields: { 'status.phase': text('status.phase') },
    verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  }),
  core({
    kind: 'Node',
    plural: 'nodes',
    namespaced: false,
    shortNames: ['no'],
    statusSubresource: true,
    selectableFields: {
      'spec.unschedulable': object =>
        String(getPath(object, 'spec.unschedulable') ?? false),
    },
  }),
  core({
    kind: 'PersistentVolumeClaim',
    plural: 'persistentvolumeclaims',
    shortNames: ['pvc'],
    statusSubresource: true,
    deleteReturnsObject: true,
  }),
  core({
    kind: 'Pod',
    plural: 'pods',
    shortNames: ['po'],
    categories: ['all'],
    statusSubresource: true,
    subresources: POD_SUBRESOURCES,
    generation: true,
    deleteReturnsObject: true,
    selectableFields: {
      'spec.nodeName': text('spec.nodeName'),
      'spec.restartPolicy': text('spec.restartPolicy'),
      'spec.schedulerName': text('spec.schedulerName'),
      'spec.serviceAccountName': text('spec.serviceAccountName'),
      'spec.hostNetwork': object =>
        String(getPath(object, 'spec.hostNetwork') ?? false),
      'status.phase': text('status.phase'),
      'status.podIP': text('status.podIP'),
      'status.nominatedNodeName': text('status.nominatedNodeName'),
    },
  }),
  core({
    kind: 'ResourceQuota',
    plural: 'resourcequotas',
    shortNames: ['quota'],
    statusSubresource: true,
    deleteReturnsObject: true,
  }),
  core({
    kind: 'Secret',
    plural: 'secrets',
    selectableFields: { type: text('type') },
  }),
  core({
    kind: 'ServiceAccount',
    plural: 'serviceaccounts',
    shortNames: ['sa'],
    deleteReturnsObject: true,
  }),
  core({
    kind: 'Service',
    plural: 'services',
    shortNames: ['svc'],
    categories: ['all'],
    statusSubresource: true,
    deleteReturnsObject: true,
    subresources: [
      { name: 'proxy', kind: 'ServiceProxyOptions', verbs: PROXY_VERBS },
    ],
    selectableFields: {
      'spec.clusterIP': text('spec.clusterIP'),
      'spec.type': text('spec.type'),
    },
  }),
];
