import { namedPods } from '../state/podNames';
import type { JobPod } from './types';

/** What is wrong with some pods of a job. */
export interface PodTrouble {
  /** CamelCase reason as the kubelet or scheduler gives it. */
  readonly reason?: string;
  /** A sentence that names the pods. */
  readonly message: string;
  readonly pods: readonly string[];
}

/** What others wrote can be anything. */
const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** What is wrong with a pod, about pods that are called otherwise. */
function about(pod: JobPod, names: string): string {
  const name = textOf(pod.name);
  const message = textOf(pod.message);
  return name ? message.replaceAll(name, names) : message;
}

/**
 * What is wrong with the pods of a job, each problem once for all pods that have
 * it, and not what the job's own message says.
 *
 * @param told - message of the job
 */
export function podTroubles(
  pods: readonly JobPod[],
  told?: string,
): readonly PodTrouble[] {
  const groups = new Map<string, JobPod[]>();
  for (const pod of pods) {
    const same = about(pod, '');
    if (same) {
      groups.set(same, [...(groups.get(same) ?? []), pod]);
    }
  }
  return [...groups.values()].flatMap(group => {
    const [first] = group;
    const names = group.map(pod => textOf(pod.name));
    const message = about(first, namedPods(names));
    return textOf(told).includes(message)
      ? []
      : [{ reason: first.reason, message, pods: names }];
  });
}
