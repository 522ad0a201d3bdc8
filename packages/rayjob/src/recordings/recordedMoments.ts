import type { Pod, RayJob } from '../objects/kubernetes';
import { RAY_LABEL_CLUSTER } from '../objects/rayLabels';
import { readRecording } from './readRecording';
import type { RecordedObject } from './recordingTypes';

/** A moment of a recording: the RayJob and the pods of its Ray cluster. */
export interface RecordedMoment {
  readonly t: number;
  readonly job: RayJob;
  readonly pods: readonly Pod[];
}

const isRayJob = (object: RecordedObject): object is RecordedObject & RayJob =>
  object.kind === 'RayJob';

/** The moments of a recording, one for each change while the RayJob exists. */
export function recordedMoments(scenario: string): RecordedMoment[] {
  const pods = new Map<string, Pod>();
  const moments: RecordedMoment[] = [];
  let job: RayJob | undefined;
  for (const change of readRecording(scenario).changes) {
    if (change.type === 'TRICK' || change.type === 'RAY') {
      continue;
    }
    const { t, type, object } = change;
    if (isRayJob(object)) {
      job = type === 'DELETED' ? undefined : object;
    } else if (object.kind !== 'Pod') {
      continue;
    } else if (type === 'DELETED') {
      pods.delete(object.metadata.name);
    } else {
      pods.set(object.metadata.name, object);
    }
    const current = job;
    if (current) {
      const own = [...pods.values()].filter(pod => {
        const cluster = pod.metadata.labels?.[RAY_LABEL_CLUSTER];
        return !cluster || cluster === current.status?.rayClusterName;
      });
      moments.push({ t, job: current, pods: own });
    }
  }
  return moments;
}
