import type { JobQueue } from '@ml-platform/rayjob';
import { foreignText } from '../foreign/foreignText';

/** A short form of a place in a queue: `#3 training`. */
export function shortQueuePosition({ name, position }: JobQueue): string {
  return position ? `#${position} ${foreignText(name)}` : foreignText(name);
}

/** A place in a queue, for screen readers. */
export function describeQueue({
  name,
  clusterQueue,
  position,
}: JobQueue): string {
  const queue = `queue ${foreignText(name)}${
    clusterQueue ? `, cluster queue ${foreignText(clusterQueue)}` : ''
  }`;
  return position ? `position ${position} in ${queue}` : `in ${queue}`;
}
