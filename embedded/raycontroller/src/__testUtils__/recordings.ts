import { readRecording } from '@ml-platform/recordings';
import type { Job, KubeObject, Pod, Service } from '../kube/objects';
import type { RayCluster } from '../crd/rayCluster';
import type { RayJob } from '../crd/rayJob';

export { scenarios, type Scenario } from '@ml-platform/recordings';

/** What KubeRay did with a RayJob on a real cluster, in the controller's types. */
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
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
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

export function recording(scenario: string): Recording {
  const { applied, changes } = readRecording(scenario);
  return {
    scenario,
    applied: applied as Recording['applied'],
    changes: changes.filter(
      (change): change is RecordedChange => 'object' in change,
    ),
  };
}

/** All changes of a kind, in order. */
export function changesOf<K extends keyof Kinds>(
  { changes }: Recording,
  kind: K,
): (RecordedChange & { object: Kinds[K] })[] {
  return changes.filter(
    (change): change is RecordedChange & { object: Kinds[K] } =>
      change.object.kind === kind,
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
