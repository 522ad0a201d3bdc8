import { asObjects, getPath } from '../model/json';
import { KubeObject } from '../model/KubeObject';
import { Column } from '../model/ResourceType';
import { humanDuration } from './age';
import { AGE, column, NAME, textAt, wide } from './columns';
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
};
