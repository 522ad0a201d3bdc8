import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RAY_LABEL_CLUSTER } from './rayLabels';
import type { Pod, RayJob } from './kubernetes';

interface RecordedChange {
  readonly t: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object:
    (RayJob & { readonly kind: 'RayJob' }) | (Pod & { readonly kind: 'Pod' });
}

/** A moment of a recording: the RayJob and the pods of its Ray cluster. */
export interface RecordedMoment {
  readonly t: number;
  readonly job: RayJob;
  readonly pods: readonly Pod[];
}

/** The moments of a recording, one for each change while the RayJob exists. */
export function recordedMoments(scenario: string): RecordedMoment[] {
  const text = readFileSync(
    join(__dirname, '__fixtures__', `${scenario}.ndjson`),
    'utf8',
  );
  const pods = new Map<string, Pod>();
  const moments: RecordedMoment[] = [];
  let job: RayJob | undefined;
  for (const line of text.trim().split('\n')) {
    const { t, type, object } = JSON.parse(line) as RecordedChange;
    if (object.kind === 'RayJob') {
      job = type === 'DELETED' ? undefined : object;
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
