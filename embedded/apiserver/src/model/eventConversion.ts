import { KubeObject } from './KubeObject';

/**
 * The same event under the names that each API group gives its fields:
 * [core v1, events.k8s.io/v1] (k8s.io/kubernetes/pkg/apis/events/v1/conversion.go).
 */
const FIELDS: readonly (readonly [string, string])[] = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
  ['reportingComponent', 'reportingController'],
];

function rename(
  object: KubeObject,
  apiVersion: string,
  names: ReadonlyMap<string, string>,
): KubeObject {
  const renamed: KubeObject = {
    apiVersion,
    kind: object.kind,
    metadata: object.metadata,
  };
  for (const [key, value] of Object.entries(object)) {
    if (key !== 'apiVersion') {
      renamed[names.get(key) ?? key] = value;
    }
  }
  return renamed;
}

const TO_CORE = new Map(FIELDS.map(([core, events]) => [events, core]));
const FROM_CORE = new Map(FIELDS);

export function eventToCore(event: KubeObject): KubeObject {
  return rename(event, 'v1', TO_CORE);
}

export function eventFromCore(event: KubeObject): KubeObject {
  return rename(event, 'events.k8s.io/v1', FROM_CORE);
}
