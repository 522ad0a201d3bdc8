import { asObject, asObjects, asString, getPath } from '../model/json';
import { KubeObject } from '../model/KubeObject';
import { Column } from '../model/ResourceType';
import { age } from './age';
import { AGE, column, NAME, textAt, wide } from './columns';

function count(...fields: readonly string[]) {
  return (object: KubeObject) =>
    fields.reduce(
      (sum, field) => sum + Object.keys(asObject(object[field]) ?? {}).length,
      0,
    );
}

function servicePorts(object: KubeObject): string {
  const ports = asObjects(getPath(object, 'spec.ports')).map(
    ({ port, nodePort, protocol }) =>
      `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`,
  );
  return ports.join(',') || '<none>';
}

/** `a=b,c=d`, as selectors are shown. */
export function selectorText(selector: unknown): string {
  const pairs = Object.entries(asObject(selector) ?? {}).map(
    ([key, value]) => `${key}=${value}`,
  );
  return pairs.join(',') || '<none>';
}

function nodeStatus(object: KubeObject): string {
  const ready = asObjects(getPath(object, 'status.conditions')).find(
    condition => condition.type === 'Ready',
  );
  const words = [
    ready?.status === 'True' ? 'Ready' : 'NotReady',
    ...(getPath(object, 'spec.unschedulable') === true
      ? ['SchedulingDisabled']
      : []),
  ];
  return ready ? words.join(',') : 'Unknown';
}

function nodeRoles(object: KubeObject): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(object.metadata.labels ?? {})
    .filter(label => label.startsWith(prefix))
    .map(label => label.slice(prefix.length));
  return roles.join(',') || '<none>';
}

function nodeAddress(type: string) {
  return (object: KubeObject) =>
    asString(
      asObjects(getPath(object, 'status.addresses')).find(
        address => address.type === type,
      )?.address,
    ) ?? '<none>';
}

function endpointsText(object: KubeObject): string {
  const all = asObjects(object.subsets).flatMap(subset =>
    asObjects(subset.addresses).flatMap(({ ip }) =>
      asObjects(subset.ports).map(({ port }) => `${ip}:${port}`),
    ),
  );
  const shown = all.slice(0, 3).join(',');
  return all.length > 3
    ? `${shown} + ${all.length - 3} more...`
    : shown || '<none>';
}

const lastSeen = (object: KubeObject, now: number) =>
  age(
    getPath(object, 'series.lastObservedTime') ??
      object.lastTimestamp ??
      object.eventTime ??
      object.metadata.creationTimestamp,
    now,
  );

const EVENT_COLUMNS: readonly Column[] = [
  column('Last Seen', lastSeen),
  column('Type', textAt('type')),
  column('Reason', textAt('reason')),
  column(
    'Object',
    object =>
      `${String(getPath(object, 'involvedObject.kind') ?? '').toLocaleLowerCase('en-US')}/${getPath(object, 'involvedObject.name') ?? ''}`,
  ),
  column('Subobject', textAt('involvedObject.fieldPath'), wide),
  column(
    'Source',
    object =>
      [
        getPath(object, 'source.component') || object.reportingComponent,
        getPath(object, 'source.host'),
      ]
        .filter(Boolean)
        .join(', '),
    wide,
  ),
  column('Message', object => asString(object.message)?.trim() ?? ''),
  column(
    'First Seen',
    (object, now) =>
      age(
        object.firstTimestamp ??
          object.eventTime ??
          object.metadata.creationTimestamp,
        now,
      ),
    wide,
  ),
  column('Count', object => Number(object.count ?? 1), wide),
  { ...NAME, ...wide },
];

/** Columns of the core group, by storage. */
export const CORE_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  configmaps: [
    NAME,
    column('Data', count('data', 'binaryData'), { type: 'string' }),
    AGE,
  ],
  endpoints: [NAME, column('Endpoints', endpointsText), AGE],
  events: EVENT_COLUMNS,
  namespaces: [NAME, column('Status', textAt('status.phase')), AGE],
  nodes: [
    NAME,
    column('Status', nodeStatus),
    column('Roles', nodeRoles),
    AGE,
    column('Version', textAt('status.nodeInfo.kubeletVersion')),
    column('Internal-IP', nodeAddress('InternalIP'), wide),
    column('External-IP', nodeAddress('ExternalIP'), wide),
    column('OS-Image', textAt('status.nodeInfo.osImage', '<unknown>'), wide),
    column(
      'Kernel-Version',
      textAt('status.nodeInfo.kernelVersion', '<unknown>'),
      wide,
    ),
    column(
      'Container-Runtime',
      textAt('status.nodeInfo.containerRuntimeVersion', '<unknown>'),
      wide,
    ),
  ],
  secrets: [
    NAME,
    column('Type', textAt('type')),
    column('Data', count('data')),
    AGE,
  ],
  serviceaccounts: [
    NAME,
    column('Secrets', object => asObjects(object.secrets).length),
    AGE,
  ],
  services: [
    NAME,
    column('Type', textAt('spec.type')),
    column('Cluster-IP', textAt('spec.clusterIP', '<none>')),
    column('External-IP', textAt('spec.externalName', '<none>')),
    column('Port(s)', servicePorts),
    AGE,
    column(
      'Selector',
      object => selectorText(getPath(object, 'spec.selector')),
      wide,
    ),
  ],
};
