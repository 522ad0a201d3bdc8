import { asObjects, getPath } from '../model/json';
import { KubeObject } from '../model/KubeObject';
import { Column } from '../model/ResourceType';
import { age, humanDuration } from './age';
import { AGE, column, NAME, numberAt, textAt, wide } from './columns';
import { selectorText } from './coreColumns';

const containers = (field: 'name' | 'image') => (object: KubeObject) =>
  asObjects(getPath(object, 'spec.template.spec.containers'))
    .map(container => container[field])
    .join(',');

const WIDE_TEMPLATE: readonly Column[] = [
  column('Containers', containers('name'), wide),
  column('Images', containers('image'), wide),
  column(
    'Selector',
    object => selectorText(getPath(object, 'spec.selector.matchLabels')),
    wide,
  ),
];

function jobStatus(object: KubeObject): string {
  const holds = (type: string) =>
    asObjects(getPath(object, 'status.conditions')).some(
      condition => condition.type === type && condition.status === 'True',
    );
  if (holds('Complete')) {
    return 'Complete';
  }
  if (holds('Failed')) {
    return 'Failed';
  }
  if (object.metadata.deletionTimestamp) {
    return 'Terminating';
  }
  if (holds('Suspended')) {
    return 'Suspended';
  }
  return holds('FailureTarget') ? 'FailureTarget' : 'Running';
}

function jobCompletions(object: KubeObject): string {
  const done = getPath(object, 'status.succeeded') ?? 0;
  const completions = getPath(object, 'spec.completions');
  const parallelism = Number(getPath(object, 'spec.parallelism') ?? 0);
  if (completions !== undefined && completions !== null) {
    return `${done}/${completions}`;
  }
  return parallelism > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`;
}

function jobDuration(object: KubeObject, now: number): string {
  const start = Date.parse(String(getPath(object, 'status.startTime') ?? ''));
  const end = Date.parse(
    String(getPath(object, 'status.completionTime') ?? ''),
  );
  if (Number.isNaN(start)) {
    return '';
  }
  return humanDuration((Number.isNaN(end) ? now : end) - start);
}

const ratio = (part: string, whole: string) => (object: KubeObject) =>
  `${getPath(object, part) ?? 0}/${getPath(object, whole) ?? 0}`;

const replicaColumns = (current: string): readonly Column[] => [
  NAME,
  column('Desired', numberAt('spec.replicas')),
  column('Current', numberAt(current)),
  column('Ready', numberAt('status.readyReplicas')),
  AGE,
  ...WIDE_TEMPLATE,
];

/** Columns of workloads, by storage. */
export const WORKLOAD_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  'batch/jobs': [
    NAME,
    column('Status', jobStatus),
    column('Completions', jobCompletions),
    column('Duration', jobDuration),
    AGE,
    ...WIDE_TEMPLATE,
  ],
  'batch/cronjobs': [
    NAME,
    column('Schedule', textAt('spec.schedule')),
    column('Timezone', textAt('spec.timeZone', '<none>')),
    column('Suspend', object =>
      getPath(object, 'spec.suspend') === true ? 'True' : 'False',
    ),
    column(
      'Active',
      object => asObjects(getPath(object, 'status.active')).length,
    ),
    column('Last Schedule', (object, now) => {
      const last = getPath(object, 'status.lastScheduleTime');
      return last ? age(last, now) : '<none>';
    }),
    AGE,
  ],
  'apps/deployments': [
    NAME,
    column('Ready', ratio('status.readyReplicas', 'spec.replicas')),
    column('Up-to-date', numberAt('status.updatedReplicas')),
    column('Available', numberAt('status.availableReplicas')),
    AGE,
    ...WIDE_TEMPLATE,
  ],
  'apps/replicasets': replicaColumns('status.replicas'),
  'apps/statefulsets': [
    NAME,
    column('Ready', ratio('status.readyReplicas', 'spec.replicas')),
    AGE,
    ...WIDE_TEMPLATE,
  ],
  'apps/daemonsets': [
    NAME,
    column('Desired', numberAt('status.desiredNumberScheduled')),
    column('Current', numberAt('status.currentNumberScheduled')),
    column('Ready', numberAt('status.numberReady')),
    AGE,
    ...WIDE_TEMPLATE,
  ],
  'discovery.k8s.io/endpointslices': [
    NAME,
    column('AddressType', textAt('addressType')),
    column(
      'Ports',
      object =>
        asObjects(object.ports)
          .map(({ port }) => port)
          .join(',') || '<unset>',
    ),
    column(
      'Endpoints',
      object =>
        asObjects(object.endpoints)
          .flatMap(({ addresses }) => addresses)
          .join(',') || '<unset>',
    ),
    AGE,
  ],
  'coordination.k8s.io/leases': [
    NAME,
    column('Holder', textAt('spec.holderIdentity')),
    AGE,
  ],
  'networking.k8s.io/ingresses': [
    NAME,
    column('Class', textAt('spec.ingressClassName', '<none>')),
    column(
      'Hosts',
      object =>
        asObjects(getPath(object, 'spec.rules'))
          .map(({ host }) => host ?? '*')
          .join(',') || '*',
    ),
    AGE,
  ],
};
