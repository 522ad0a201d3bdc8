import { readRecording } from './readRecording';
import type { RecordedObject } from './recordingTypes';

/** A moment of a recording: the RayJob and the pods of its Ray cluster. */
export interface RecordedMoment<Job, Pod> {
  readonly t: number;
  readonly job: Job;
  readonly pods: readonly Pod[];
}

type WithStatus = RecordedObject & {
  readonly status?: { readonly rayClusterName?: string };
};

/**
 * The moments of a recording, one for each change while the RayJob exists, in
 * the types of who asks: this package knows of no other.
 */
export function recordedMoments<Job, Pod>(
  scenario: string,
): RecordedMoment<Job, Pod>[] {
  const pods = new Map<string, RecordedObject>();
  const moments: RecordedMoment<Job, Pod>[] = [];
  let job: WithStatus | undefined;
  for (const change of readRecording(scenario).changes) {
    if (change.type === 'TRICK' || change.type === 'RAY') {
      continue;
    }
    const { t, type, object } = change;
    if (object.kind === 'RayJob') {
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
      const own = [...pods.values()].filter(({ metadata }) => {
        const cluster = metadata.labels?.['ray.io/cluster'];
        return !cluster || cluster === current.status?.rayClusterName;
      });
      moments.push({ t, job: current as Job, pods: own as Pod[] });
    }
  }
  return moments;
}
