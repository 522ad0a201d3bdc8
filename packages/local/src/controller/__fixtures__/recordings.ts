import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job, KubeObject, Pod, Service } from '../kube/objects';
import type { RayCluster } from '../crd/rayCluster';
import type { RayJob } from '../crd/rayJob';

/**
 * One file a scenario: the RayJob as it was applied, then a change a line.
 *
 * What KubeRay 1.7.0 did with a RayJob on a real cluster, change by change.
 * Objects are whole where they were added (in part of the scenarios only by
 * name, labels and owner); later changes carry name, status and finalizers.
 */
export interface Recording {
  readonly scenario: string;
  /** The RayJob as it was applied. */
  readonly applied: Pick<RayJob, 'apiVersion' | 'kind' | 'spec'> & {
    readonly metadata: { readonly name: string };
  };
  readonly changes: readonly RecordedChange[];
}

export interface RecordedChange {
  /** Seconds since the start. */
  readonly t: number;
  /** TRICK is what the recorder did to the job: stopped or deleted it. */
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'TRICK';
  readonly object?: KubeObject;
}

export interface RecordedEvent extends KubeObject {
  readonly type: string;
  readonly reason: string;
  readonly action: string;
  readonly message: string;
  readonly reportingComponent: string;
  readonly eventTime?: string;
  readonly involvedObject: { readonly kind: string; readonly name: string };
}

interface Kinds {
  RayJob: RayJob;
  RayCluster: RayCluster;
  Pod: Pod;
  Service: Service;
  Job: Job;
  Event: RecordedEvent;
}

export const scenarios = [
  'deadline',
  'deleted',
  'exception',
  'failure',
  'http-mode',
  'image-pull',
  'invalid',
  'retry',
  'sidecar-mode',
  'stopped',
  'success',
  'unschedulable',
] as const;

export type Scenario = (typeof scenarios)[number];

export function recording(scenario: Scenario): Recording {
  // eslint-disable-next-line no-restricted-syntax -- only for tests, never built
  const text = readFileSync(join(__dirname, `${scenario}.ndjson`), 'utf8');
  const [applied, ...changes] = text.trim().split('\n').map(parseLine);
  return { scenario, applied, changes };
}

function parseLine(line: string) {
  return JSON.parse(line);
}

/** All changes of a kind, in order. */
export function changesOf<K extends keyof Kinds>(
  { changes }: Recording,
  kind: K,
): (RecordedChange & { object: Kinds[K] })[] {
  return changes.filter(
    (change): change is RecordedChange & { object: Kinds[K] } =>
      change.object?.kind === kind,
  );
}

/** The objects of a kind, as they were when they were added. */
export function added<K extends keyof Kinds>(
  from: Recording,
  kind: K,
): Kinds[K][] {
  return changesOf(from, kind)
    .filter(({ type }) => type === 'ADDED')
    .map(({ object }) => object);
}
