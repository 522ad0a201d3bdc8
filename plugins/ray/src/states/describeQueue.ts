import type { JobQueue } from '@ml-platform/rayjob';
import { foreignText } from '../foreign/foreignText';

/** A place in a queue for those who have room for few words: `#3 training`. */
export function shortQueuePosition({ name, position }: JobQueue): string {
  return position ? `#${position} ${foreignText(name)}` : foreignText(name);
}

/** A place in a queue as it is read out. */
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
